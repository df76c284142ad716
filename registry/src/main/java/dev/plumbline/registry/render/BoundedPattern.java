package dev.plumbline.registry.render;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression from Git, which must match a whole text and may not take for ever: Java's matcher backtracks, so the
 * characters it looks at are counted.
 */
final class BoundedPattern {

    /** Most characters that one match may look at. */
    static final int MAX_STEPS = 200_000;

    private final Pattern pattern;

    private BoundedPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** The expression anchored at both ends; null when it is not one. */
    static @Nullable BoundedPattern compile(String expression) {
        try {
            return new BoundedPattern(Pattern.compile("(?:" + expression + ")"));
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    /**
     * Whether it matches the whole text.
     *
     * @throws TooManyStepsException when the match passes {@link #MAX_STEPS}
     */
    boolean matches(String text) {
        return pattern.matcher(new Counted(text, new int[1])).matches();
    }

    /**
     * Whether it matches anywhere in the text.
     *
     * @throws TooManyStepsException when the match passes {@link #MAX_STEPS}
     */
    boolean finds(String text) {
        return pattern.matcher(new Counted(text, new int[1])).find();
    }

    /** A match that passed its bound; the build turns it into a Finding. */
    static final class TooManyStepsException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManyStepsException(String text) {
            super("matching " + text + " takes more than " + MAX_STEPS + " steps", null, false, false);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // One counter, shared by all parts of a text.
    private record Counted(CharSequence text, int[] steps) implements CharSequence {

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++steps[0] > MAX_STEPS) {
                throw new TooManyStepsException(text.toString());
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), steps);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
