package dev.plumbline.tests.differential;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Damages files as no person would: bytes changed, cut, repeated, and bombs put in. */
final class Mutation {

    private static final List<String> BOMBS = List.of(
            "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
                    + "e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n",
            "x: &x\n  <<: *x\n  y: *x\n",
            "[".repeat(20_000),
            "{a: ".repeat(5_000),
            "- ".repeat(10_000),
            "a: ".concat("9".repeat(100_000)),
            "\"" + "\\x41".repeat(50_000),
            "? ".repeat(3_000),
            "%YAML 9.9\n---\na: b\n",
            "a: !!binary Zm9v\nb: !custom c\nc: !!timestamp 2001-01-01\n",
            "---\n".repeat(50_000),
            "\u0000\u0001",
            "patches: [{target: {name: '(a+)+$'}, patch: 'a: b'}]\n",
            "resources: [../../../../etc/passwd, /etc/passwd, 'https://example.com/x', .., ., '']\n",
            "replacements: [{source: {kind: Deployment, fieldPath: '" + "a.".repeat(10_000) + "'}, targets: []}]\n");

    private final Dice dice;

    Mutation(Dice dice) {
        this.dice = dice;
    }

    /** The bytes damaged in one to four places. */
    byte[] of(byte[] bytes) {
        byte[] damaged = bytes;
        for (int i = dice.between(1, 4); i > 0; i--) {
            damaged = once(damaged);
        }
        return damaged;
    }

    private byte[] once(byte[] bytes) {
        if (bytes.length == 0) {
            return bomb();
        }
        int at = dice.below(bytes.length);
        int end = Math.min(bytes.length, at + dice.between(1, 40));
        return switch (dice.below(7)) {
            case 0 -> {
                byte[] changed = bytes.clone();
                changed[at] = (byte) dice.below(256);
                yield changed;
            }
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 -> joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, end, bytes.length));
            case 3 -> joined(Arrays.copyOf(bytes, end), Arrays.copyOfRange(bytes, at, bytes.length));
            case 4 ->
                joined(
                        joined(
                                Arrays.copyOf(bytes, at),
                                dice.pick(
                                                "\t",
                                                ": ",
                                                "- ",
                                                "{",
                                                "]",
                                                "'",
                                                "&a ",
                                                "*a ",
                                                "!!",
                                                "|",
                                                "\n",
                                                "~",
                                                "\ud83d\ude00",
                                                "$patch: delete")
                                        .getBytes(StandardCharsets.UTF_8)),
                        Arrays.copyOfRange(bytes, at, bytes.length));
            case 5 -> joined(bytes, bomb());
            default -> dice.one(4) ? bomb() : bytes;
        };
    }

    private byte[] bomb() {
        return dice.pick(BOMBS).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
