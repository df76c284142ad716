package dev.plumbline.tests.differential;

import org.jspecify.annotations.Nullable;

/** Scalars whose spelling tools read differently, or that need care when they are written. */
final class Scalars {

    private static final String[] PLAIN = {
        "010",
        "0x1F",
        "0o17",
        "0b101",
        "1_000",
        "1:30",
        "+1",
        "-0",
        ".5",
        "1.",
        "1e3",
        "1.50",
        "12345678901234567890",
        "123456789012345678901234567890",
        "1e400",
        "0.1",
        "1E-7",
        "100000000000000000000.0",
        "True",
        "FALSE",
        "yes",
        "No",
        "on",
        "y",
        "~",
        "Null",
        "",
        "-1",
        "-010",
        "0.0",
        "-0.0",
        "1e21",
        "123456789.123456789",
        "09",
        "0x",
        "1__0",
        "_1",
        "3.0",
        "1e2",
        "5e-324"
    };
    private static final String[] TEXTS = {
        "yes",
        "no",
        "true",
        "null",
        "~",
        "010",
        "1e3",
        "1.0",
        "0x1F",
        "",
        " ",
        " a",
        "a ",
        "a: b",
        "a #b",
        "- a",
        "{a}",
        "[a]",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a",
        "a\tb",
        "a\nb",
        "a\n\nb\n",
        "\na",
        "a\\b",
        "\"a\"",
        "'a'",
        "é",
        "日本",
        "😀",
        "a\r\nb",
        "2001-01-01",
        "1:30",
        "=",
        "<<",
        "--- a",
        "...",
        "a\u0007b",
        "very long text that goes on and on and on and on and on and on and on and on and on and on and on and on"
    };

    private Scalars() {}

    static @Nullable Object any(Dice dice) {
        return dice.one(2) ? new Trees.Raw(dice.pick(PLAIN)) : dice.pick(TEXTS);
    }

    static String text(Dice dice) {
        return dice.pick(TEXTS);
    }
}
