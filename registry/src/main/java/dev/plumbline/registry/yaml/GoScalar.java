package dev.plumbline.registry.yaml;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which styles go-yaml v2 allows for a text.
 *
 * @param multiline whether it holds a line break of any kind
 * @param plain whether it may stand without quotes, as far as its characters go
 * @param single whether it may stand in single quotes
 * @param block whether it may stand as a literal block
 */
record GoScalar(boolean multiline, boolean plain, boolean single, boolean block) {

    /** Characters that begin something else than plain text. */
    private static final String INDICATORS = "#,[]{}&*!|>'\"%@`";

    private static final Pattern WORD = Pattern.compile(
            "y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF|true|True|TRUE|false|False|FALSE|~|null|Null|NULL|"
                    + "\\.(nan|NaN|NAN)|[-+]?\\.(inf|Inf|INF)");
    private static final Pattern SIXTIES = Pattern.compile("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");
    private static final Pattern SIGNED_BINARY = Pattern.compile("0b[-+][01]{1,64}");
    private static final Pattern TIME =
            Pattern.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):"
                    + "([0-9]{1,2})(?:[.,][0-9]+)?(?:Z|[-+]([0-9]{2}):([0-9]{2}))"
                    + "| +([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?)?");
    private static final int[] TIME_GROUPS = {4, 5, 6, 9, 10, 11, 7, 8};
    private static final int[] TIME_LIMITS = {23, 59, 59, 23, 59, 59, 24, 60};

    static GoScalar of(String text) {
        if (text.isEmpty()) {
            return new GoScalar(false, true, true, false);
        }
        Scan scan = new Scan();
        boolean indicators = text.startsWith("---") || text.startsWith("...");
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            indicators |= indicates(text, i, next);
            scan.see(c, i == 0, next >= text.length());
            i = next;
        }
        boolean odd = scan.spaceBreak || scan.special;
        boolean plain = !(indicators || scan.edge || scan.breaks || scan.breakSpace || odd);
        return new GoScalar(scan.breaks, plain, !(scan.breakSpace || odd), !(scan.trailingSpace || odd));
    }

    private static boolean indicates(String text, int at, int next) {
        char c = text.charAt(at);
        boolean blankBehind = next >= text.length() || isBlank(text.charAt(next));
        if (at == 0) {
            return INDICATORS.indexOf(c) >= 0 || (blankBehind && (c == '?' || c == ':' || c == '-'));
        }
        return (c == ':' && blankBehind) || (c == '#' && isWhite(text.charAt(at - 1)));
    }

    /** What one pass over the characters finds. */
    private static final class Scan {
        private boolean edge;
        private boolean trailingSpace;
        private boolean breaks;
        private boolean breakSpace;
        private boolean spaceBreak;
        private boolean special;
        private boolean afterSpace;
        private boolean afterBreak;

        void see(int c, boolean first, boolean last) {
            special |= !isPrintable(c);
            boolean isBreak = isBreak(c);
            if (c == ' ' || isBreak) {
                edge |= first || last;
            }
            trailingSpace |= c == ' ' && last;
            breaks |= isBreak;
            breakSpace |= c == ' ' && afterBreak;
            spaceBreak |= isBreak && afterSpace;
            afterSpace = c == ' ';
            afterBreak = isBreak;
        }
    }

    static boolean isBreak(int c) {
        return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    /** What go-yaml writes as it is; characters that need four bytes are not among it. */
    static boolean isPrintable(int c) {
        return c == '\n' || (c >= ' ' && c <= 0x7e) || (c >= 0xa0 && c <= 0xfffd && c != 0xfeff);
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isWhite(int c) {
        return isBlank(c) || isBreak(c) || c == 0;
    }

    /** Whether a plain text would be read as something else than text by go-yaml v2, or by readers of YAML 1.1. */
    static boolean hasAnotherMeaning(String text) {
        if (text.isEmpty() || WORD.matcher(text).matches()) {
            return true;
        }
        char first = text.charAt(0);
        if (first == '.') {
            return Scalars.fraction(text) != null;
        }
        if (first != '-' && first != '+' && (first < '0' || first > '9')) {
            return false;
        }
        String digits = text.replace("_", "");
        return isTime(text)
                || (!digits.isEmpty() && Scalars.number(digits) != null)
                || SIGNED_BINARY.matcher(digits).matches()
                || isBaseSixty(text);
    }

    static boolean isBaseSixty(String text) {
        return SIXTIES.matcher(text).matches();
    }

    /** Whether go-yaml takes it for a timestamp. */
    static boolean isTime(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return false;
        }
        for (int i = 0; i < TIME_GROUPS.length; i++) {
            String part = time.group(TIME_GROUPS[i]);
            if (part != null && Integer.parseInt(part) > TIME_LIMITS[i]) {
                return false;
            }
        }
        return isDate(
                Integer.parseInt(time.group(1)), Integer.parseInt(time.group(2)), Integer.parseInt(time.group(3)));
    }

    private static boolean isDate(int year, int month, int day) {
        try {
            LocalDate.of(year, month, day);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
