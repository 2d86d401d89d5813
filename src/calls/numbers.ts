// A count in English, as the prompts of the recorded set say it: 342 is "three hundred forty two".

/** @param count a whole number, 0 to 999,999,999 */
export function numberPrompts(count: number): readonly string[] {
  if (count === 0) return ["digits/0"];
  const millions = Math.floor(count / 1_000_000);
  const thousands = Math.floor(count / 1000) % 1000;
  return [
    ...(millions > 0 ? [...hundreds(millions), "digits/million"] : []),
    ...(thousands > 0 ? [...hundreds(thousands), "digits/thousand"] : []),
    ...hundreds(count % 1000),
  ];
}

function hundreds(count: number): readonly string[] {
  const rest = count % 100;
  return [
    ...(count >= 100 ? [`digits/${Math.floor(count / 100)}`, "digits/hundred"] : []),
    ...(rest === 0 ? [] : rest <= 20 || rest % 10 === 0 ? [`digits/${rest}`] : tens(rest)),
  ];
}

function tens(count: number): readonly string[] {
  return [`digits/${Math.floor(count / 10) * 10}`, `digits/${count % 10}`];
}
