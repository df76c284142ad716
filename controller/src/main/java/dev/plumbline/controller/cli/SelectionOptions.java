package dev.plumbline.controller.cli;

import dev.plumbline.controller.app.answers.RecordAnswers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which runs or models are listed. */
final class SelectionOptions {

    @Option(
            names = "--commit",
            paramLabel = "R|R1..R2",
            defaultValue = "",
            description = "only those of this commit, or of the commits after R1 up to R2")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String commit;

    @Option(
            names = "--verdict",
            paramLabel = "VERDICT",
            defaultValue = "",
            description = "only those of this verdict: MATCH, MIXED, STALE, DRIFT, OVERRIDDEN or UNVERIFIABLE")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String verdict;

    @Option(
            names = "--since",
            paramLabel = "DAY|TIME",
            defaultValue = "",
            description =
                    "only those created then or later: a day in UTC such as 2026-11-25, or a time with its offset such as"
                            + " 2026-11-25T10:00:00Z or 2026-11-25T12:00:00+02:00")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String since;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "no more than this many, the newest (default: " + RecordAnswers.LISTED + ")")
    @Nullable
    Integer limit;

    /** How many are listed. */
    int limit() {
        if (limit != null && (limit < 1 || limit > RecordAnswers.MAX_LISTED)) {
            throw new CommandException(
                    CommandException.ENVIRONMENT,
                    "--limit " + limit + " is no number from 1 to " + RecordAnswers.MAX_LISTED);
        }
        return limit == null ? RecordAnswers.LISTED : limit;
    }

    /** What to say under a list that does not hold all. */
    String more(Map<String, @Nullable Object> answer) {
        return Boolean.TRUE.equals(answer.get("more"))
                ? "\nThere are more; --limit lists more than " + limit() + " of them."
                : "";
    }

    /** Whether some are chosen, by what is recorded of them. */
    boolean any() {
        return !(commit + verdict + since).isEmpty();
    }

    /** The choice as the query of an address. */
    String query() {
        List<String> parts = new ArrayList<>();
        add(parts, "commit", commit);
        add(parts, "verdict", verdict);
        add(parts, "since", since);
        add(parts, "limit", String.valueOf(limit()));
        return "?" + String.join("&", parts);
    }

    private static void add(List<String> parts, String name, String value) {
        if (!value.isEmpty()) {
            parts.add(name + "=" + ApiClient.part(value));
        }
    }
}
