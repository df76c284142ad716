package dev.plumbline.registry.cel;

/** What an expression must give. */
public enum ResultKind {
    /** Anything. */
    ANY,
    /** True or false. */
    BOOL,
    /** Text. */
    STRING,
    /** Text or null. */
    STRING_OR_NULL
}
