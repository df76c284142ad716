package dev.plumbline.controller.app.answers;

import static dev.plumbline.controller.app.answers.Answer.map;

import dev.plumbline.controller.record.ArtifactDigests;
import dev.plumbline.registry.run.InputArtifact;
import dev.plumbline.registry.run.RunRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a run was given is still there, byte for byte.
 *
 * @param artifacts reads it again
 */
record RerunInputs(ArtifactDigests artifacts) {

    /**
     * Reads each input again.
     *
     * @param refused gets why the run cannot be made again: an input that is gone or another. What is not known refuses nothing
     * @return each input by {@code node}, {@code name}, {@code place}, its recorded {@code sha256}, if any, and its {@code state} in words
     */
    List<@Nullable Object> ask(RunRecord record, List<String> refused) {
        List<InputArtifact> before = record.inputs();
        List<InputArtifact> now = before.isEmpty() ? before : artifacts.inputs(before);
        List<@Nullable Object> asked = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            InputArtifact then = before.get(i);
            if (then.node().isEmpty()) {
                refused.add("the artifact " + then.name()
                        + " was an argument of the run itself, of which a record holds no more"
                        + " than place and digest; run the Workflow from its file with `plumbline run -f`");
            }
            asked.add(map(
                    "node",
                    then.node(),
                    "name",
                    then.name(),
                    "place",
                    then.display(),
                    "sha256",
                    then.sha256() == null ? null : then.sha256().value(),
                    "state",
                    state(then, now.get(i), refused)));
        }
        return asked;
    }

    private static String state(InputArtifact then, InputArtifact now, List<String> refused) {
        String what = "the input " + then.name() + (then.node().isEmpty() ? "" : " of " + then.node()) + " ("
                + then.display() + ")";
        if (now.sha256() == null && now.unread().equals(ArtifactDigests.GONE)) {
            refused.add(what + " is gone: " + now.unread());
            return "gone";
        }
        if (then.sha256() == null) {
            return "not known, because it was not read when the run was recorded"
                    + (then.unread().isEmpty() ? "" : ": " + then.unread());
        }
        if (now.sha256() == null) {
            return "not known, because " + now.unread();
        }
        if (!then.sha256().equals(now.sha256())) {
            refused.add(what + " is not what it was: it had " + then.sha256() + " and has " + now.sha256());
            return "changed";
        }
        return "as it was";
    }
}
