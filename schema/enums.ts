/** The name and the words that clients see of an enum. */
export interface EnumConfig<Enum extends object> {
  readonly name: string;
  readonly description: string;
  readonly valuesConfig?: { readonly [Name in keyof Enum]?: { readonly description: string } };
}

interface RegisteredEnum {
  readonly values: object;
  readonly config: EnumConfig<object>;
}

const registered: RegisteredEnum[] = [];

/**
 * Makes an enum part of the schema. type-graphql has a function of this name, but whoever only needs the values, as the command line
 * does, should not wait for type-graphql to load: a quarter of the start of a command.
 */
export function registerEnumType<Enum extends object>(values: Enum, config: EnumConfig<Enum>): void {
  registered.push({ values, config });
}

/** Every enum that was registered, in the order of their registration. */
export const registeredEnums: readonly RegisteredEnum[] = registered;
