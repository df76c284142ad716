package dev.plumbline.controller.app.operator;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which news of a status is only that a commit came which changes nothing. */
final class CommitNews {

    private static final String COMMIT = "observedCommit";
    private static final String CONDITIONS = "conditions";

    private CommitNews() {}

    /** Whether two statuses say the same but for the newest commit and its subject, which the messages of conditions name. */
    static boolean only(Map<String, @Nullable Object> before, Map<String, @Nullable Object> now) {
        return before.get(COMMIT) != null
                && !before.get(COMMIT).equals(now.get(COMMIT))
                && withoutCommit(before).equals(withoutCommit(now));
    }

    private static Map<String, @Nullable Object> withoutCommit(Map<String, @Nullable Object> status) {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(status);
        rest.remove(COMMIT);
        List<Object> conditions = new ArrayList<>();
        for (Map<String, @Nullable Object> condition : Tree.maps(status, CONDITIONS)) {
            Map<String, @Nullable Object> wordless = new LinkedHashMap<>(condition);
            wordless.remove("message");
            conditions.add(wordless);
        }
        rest.put(CONDITIONS, conditions);
        return rest;
    }
}
