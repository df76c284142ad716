package dev.plumbline.controller.cli;

/** Text from Git in Markdown: it may never become a link, a mention, markup or a command of the code host. */
final class Markdown {

    private Markdown() {}

    /** As code, which code hosts leave alone; they take a blank off both ends where both have one, so there it gets another. */
    static String code(String text) {
        String printable = Table.printable(text);
        int run = longestRun(printable);
        String fence = "`".repeat(run + 1);
        boolean trimmed = printable.startsWith(" ") && printable.endsWith(" ");
        String space = run > 0 || trimmed || printable.isBlank() ? " " : "";
        return fence + space + printable + space + fence;
    }

    /** The fence of a block of code that holds these lines. */
    static String fence(Iterable<String> lines) {
        int longest = 0;
        for (String line : lines) {
            longest = Math.max(longest, longestRun(line));
        }
        return "`".repeat(Math.max(3, longest + 1));
    }

    /** As code between tags, for blocks of HTML, in which Markdown is not read. */
    static String html(String text) {
        return "<code>"
                + Table.printable(text)
                        .replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;")
                + "</code>";
    }

    /** The beginning of a text, with how much is left out. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "… (" + (text.length() - end) + " more characters)";
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
