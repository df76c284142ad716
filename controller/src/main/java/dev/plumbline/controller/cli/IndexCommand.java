package dev.plumbline.controller.cli;

import static dev.plumbline.controller.app.answers.Answer.map;

import dev.plumbline.registry.evidence.EvidenceArchive;
import dev.plumbline.registry.evidence.StoredSync;
import dev.plumbline.registry.index.IndexFile;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline index}. */
@Command(
        name = "index",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "The index of runs and models, with which questions are answered; it is made from the store.",
        subcommands = IndexCommand.Rebuild.class)
final class IndexCommand {

    /** {@code plumbline index rebuild}. */
    @Command(
            name = "rebuild",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = {
                "Make the index anew from the store.",
                "It is never needed: an index that is missing or damaged is made again with the first question. Programs that"
                        + " use it may go on; they see the old one until a sync is read."
            },
            footer = {
                "",
                "Examples:",
                "  plumbline index rebuild",
                "  plumbline index rebuild --store 's3://bucket/prefix' --index /var/cache/plumbline/index.db"
            })
    static final class Rebuild implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        CommandSpec spec;

        @Mixin
        final StorePlace place = new StorePlace();

        @Option(
                names = "--index",
                paramLabel = "FILE",
                description = "the index (default: index.db in the data folder; of a controller, in its --mirrors)")
        @Nullable
        Path file;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            boolean json = place.output == StorePlace.Format.json;
            Path index = file == null ? place.data.resolve("index.db") : file;
            List<@Nullable Object> made = new ArrayList<>();
            try (IndexFile opened = new IndexFile(index)) {
                Stores stores = place.stores();
                for (StoredSync sync : StoredSync.of(stores)) {
                    long begun = System.nanoTime();
                    long runs = opened.rebuild(
                            sync.cluster(),
                            sync.id(),
                            new RunJournal(stores, sync.cluster(), sync.id()),
                            new EvidenceArchive(stores, sync.cluster(), sync.id()));
                    long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
                    made.add(map("sync", sync.toString(), "runs", runs, "millis", millis));
                    if (!json) {
                        out.println(sync + ": " + runs + (runs == 1 ? " run in " : " runs in ") + millis + " ms");
                        out.flush();
                    }
                }
                out.println(
                        json
                                ? Json.pretty(map("index", index.toString(), "syncs", made))
                                : "made " + index + " from " + made.size() + (made.size() == 1 ? " sync" : " syncs"));
                out.flush();
                return 0;
            } catch (StoreException e) {
                throw new CommandException(CommandException.ENVIRONMENT, String.valueOf(e.getMessage()));
            }
        }
    }
}
