package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumbline sync get|suspend|resume|reconcile}. */
@Command(
        name = "sync",
        description = "Look at the sync, or stop and start it.",
        mixinStandardHelpOptions = true,
        subcommands = {
            SyncCommand.Get.class,
            SyncCommand.Suspend.class,
            SyncCommand.Resume.class,
            SyncCommand.Reconcile.class
        })
final class SyncCommand {

    /** One command on the sync. */
    abstract static class OnSync extends ApiCommand {

        @Override
        String text(Map<String, @Nullable Object> answer) {
            StringBuilder out = new StringBuilder();
            RunText.line(out, "Sync", Tree.text(answer, "sync"));
            RunText.line(out, "State", Tree.text(answer, "state"));
            RunText.line(out, "Source", Tree.text(answer, "url") + " " + Tree.text(answer, "path"));
            RunText.line(out, "Head", commit(answer, "head"));
            RunText.line(out, "Applied", commit(answer, "applied"));
            RunText.line(out, "Objects", String.valueOf(answer.get("objects")));
            RunText.line(out, "Message", Tree.text(answer, "message"));
            RunText.line(out, "Next", Tree.text(answer, "next"));
            for (Object finding : Tree.list(answer, "findings")) {
                out.append("  ").append(Tree.text(finding, "text")).append('\n');
            }
            return out.toString().stripTrailing();
        }

        private static String commit(Map<String, @Nullable Object> answer, String name) {
            String id = Tree.text(answer, name, "commit");
            String revision = Tree.at(answer, name, "revision") == null
                    ? ""
                    : " (revision " + Tree.at(answer, name, "revision") + ")";
            return id.isEmpty()
                    ? ""
                    : id.substring(0, Math.min(10, id.length())) + " " + Tree.text(answer, name, "subject") + revision;
        }
    }

    /** {@code sync get}. */
    @Command(name = "get", description = "Show the state of the sync.")
    static final class Get extends OnSync {
        @Override
        public Integer call() {
            print(api().get("/sync"));
            return 0;
        }
    }

    /** {@code sync suspend}. */
    @Command(name = "suspend", description = "Stop applying; polling and history go on.")
    static final class Suspend extends OnSync {
        @Override
        public Integer call() {
            print(api().post("/sync/suspend", Map.of("actor", Actor.name())));
            return 0;
        }
    }

    /** {@code sync resume}. */
    @Command(name = "resume", description = "Apply again, beginning with the newest commit.")
    static final class Resume extends OnSync {
        @Override
        public Integer call() {
            print(api().post("/sync/resume", Map.of("actor", Actor.name())));
            return 0;
        }
    }

    /** {@code sync reconcile}. */
    @Command(name = "reconcile", description = "Poll and compare with the cluster now.")
    static final class Reconcile extends OnSync {

        @Option(
                names = "--confirm",
                paramLabel = "DIGEST",
                defaultValue = "",
                description = "allow the deletions that a held plan names by this digest")
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        String confirm;

        @Override
        public Integer call() {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("actor", Actor.name());
            body.put("confirm", confirm);
            print(api().post("/sync/reconcile", body));
            return 0;
        }
    }
}
