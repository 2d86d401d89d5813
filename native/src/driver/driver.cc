#include "driver/driver.h"

#include <dahdi/user.h>

#include "driver/channel_handle.h"
#include "driver/constants.h"
#include "driver/control_handle.h"
#include "driver/notify.h"

namespace node_dahdi {

void InitDriver(Napi::Env env, Napi::Object exports) {
  auto driver = Napi::Object::New(env);
  driver.Set("Control", ControlHandle::Define(env));
  driver.Set("Channel", ChannelHandle::DefineChannel(env));
  driver.Set("Pseudo", ChannelHandle::DefinePseudo(env));
  driver.Set("findToneZone", Napi::Function::New<FindToneZone>(env, "findToneZone"));
  driver.Set("systemNotify", Napi::Function::New<SystemNotify>(env, "systemNotify"));
  driver.Set("keepDescriptor", Napi::Function::New<KeepDescriptor>(env, "keepDescriptor"));
  driver.Set("forgetDescriptor", Napi::Function::New<ForgetDescriptor>(env, "forgetDescriptor"));
  driver.Set("keptDescriptors", Napi::Function::New<KeptDescriptors>(env, "keptDescriptors"));
  driver.Set("constants", Constants(env));
  exports.Set("driver", driver);
}

}  // namespace node_dahdi
