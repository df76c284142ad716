package dev.plumbline.registry.evidence;

import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was checked.
 *
 * @param state what came of it
 * @param what the thing, in a word or two
 * @param message what was found, in words
 */
public record Check(State state, String what, String message) {

    /** What came of a check. */
    public enum State {
        /** It is as it should be. */
        OK,
        /** It is not. */
        WRONG,
        /** It could not be checked, and why; no claim is made. */
        NOTE
    }

    static Check ok(String what, String message) {
        return new Check(State.OK, what, message);
    }

    static Check wrong(String what, @Nullable String message) {
        return new Check(State.WRONG, what, String.valueOf(message));
    }

    static Check note(String what, String message) {
        return new Check(State.NOTE, what, message);
    }

    /** Whether any of them is wrong. */
    public static boolean anyWrong(List<Check> checks) {
        return checks.stream().anyMatch(check -> check.state() == State.WRONG);
    }

    /** Whether something was checked, and nothing is wrong. Where nothing was checked nothing is verified. */
    public static boolean verified(List<Check> checks) {
        return !anyWrong(checks) && checks.stream().anyMatch(check -> check.state() == State.OK);
    }

    /** As a plain tree. */
    public Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("state", state.name().toLowerCase(Locale.ROOT));
        tree.put("what", what);
        tree.put("message", message);
        return tree;
    }

    /** The text at a path of a signed statement. */
    static String text(Statement statement, String... path) {
        return Tree.text(statement.predicate(), path);
    }
}
