type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

const rules = new Map<string, Intl.PluralRules>();
const numbers = new Map<string, Intl.NumberFormat>();

/** The form that a language has for a number; `#` in it becomes the number: `plural('en', 2, { one: '# alert', other: '# alerts' })`. */
export function plural(locale: string, count: number, forms: Forms): string {
  const rule = rules.get(locale) ?? new Intl.PluralRules(locale);
  rules.set(locale, rule);
  const number = numbers.get(locale) ?? new Intl.NumberFormat(locale);
  numbers.set(locale, number);
  return (forms[rule.select(count)] ?? forms.other).replaceAll('#', number.format(count));
}
