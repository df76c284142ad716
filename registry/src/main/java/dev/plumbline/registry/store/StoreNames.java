package dev.plumbline.registry.store;

import java.util.regex.Pattern;

/**
 * The rule for names of refs and streams, the same in every store: parts of {@code [A-Za-z0-9._@:-]+} joined by {@code /},
 * none of them {@code .} or {@code ..}.
 */
public final class StoreNames {

    /** Longest name, in characters. */
    public static final int MAX_NAME = 1024;

    /** Longest part of a name, in characters: file systems allow 255 and stores add a suffix. */
    public static final int MAX_PART = 200;

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9._@:-]+");

    private StoreNames() {}

    /**
     * Returns the name when it keeps the rule.
     *
     * @throws IllegalArgumentException when it does not; a name is made by the program, so this is a bug
     */
    public static String check(String name) {
        if (name.length() > MAX_NAME) {
            throw new IllegalArgumentException("a store name of " + name.length() + " characters passes " + MAX_NAME);
        }
        for (String part : name.split("/", -1)) {
            if (!PART.matcher(part).matches() || part.length() > MAX_PART || part.equals(".") || part.equals("..")) {
                throw new IllegalArgumentException("not a store name: " + name + "; its part \"" + part
                        + "\" must be 1 to " + MAX_PART + " of A-Z a-z 0-9 . _ @ : - and not . or ..");
            }
        }
        return name;
    }
}
