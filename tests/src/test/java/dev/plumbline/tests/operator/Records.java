package dev.plumbline.tests.operator;

import dev.plumbline.controller.app.operator.Operator;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.query.RunQueries;
import dev.plumbline.registry.run.UnseenWindow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a controller recorded.
 *
 * @param desk whose runs
 * @param operator the controller; null while none runs
 */
record Records(OperatorDesk desk, @Nullable Operator operator) {

    /** What is known of a run, by its name; empty while it is not recorded. */
    Map<String, @Nullable Object> of(String sync, String run) throws Exception {
        Optional<RunQueries> queries = queries(sync);
        return queries.isEmpty() ? Map.of() : queries.get().provenance(run).orElse(Map.of());
    }

    /** The same, waited for. */
    Map<String, @Nullable Object> await(String sync, String run) throws Exception {
        desk.await(run + " is recorded", () -> !of(sync, run).isEmpty());
        return of(sync, run);
    }

    /** All recorded attempts of runs. */
    List<Map<String, @Nullable Object>> attempts(String sync) throws Exception {
        Optional<RunQueries> queries = queries(sync);
        return queries.isEmpty() ? List.of() : queries.get().runs(1000);
    }

    /** Times in which runs of the desk's namespace were not watched. */
    List<UnseenWindow> unseen() throws Exception {
        return operator == null
                ? List.of()
                : operator.unseen(1, 1000).stream()
                        .filter(window -> window.namespace().equals(desk.namespace()))
                        .toList();
    }

    private Optional<RunQueries> queries(String sync) {
        return operator == null ? Optional.empty() : operator.queries(new SyncId(desk.namespace(), sync));
    }
}
