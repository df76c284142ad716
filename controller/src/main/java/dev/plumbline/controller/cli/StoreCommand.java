package dev.plumbline.controller.cli;

import dev.plumbline.controller.app.operator.OperatorStore;
import dev.plumbline.registry.evidence.Check;
import dev.plumbline.registry.evidence.LogCheck;
import dev.plumbline.registry.evidence.StoreCopy;
import dev.plumbline.registry.evidence.StoredSync;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline store}. */
@Command(
        name = "store",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Check a store, and move it to another place: a folder or a bucket.",
        subcommands = {StoreCommand.CheckIt.class, StoreCommand.Export.class, StoreCommand.Import.class})
final class StoreCommand {

    /** What the three have in common. */
    @Command(mixinStandardHelpOptions = true, usageHelpAutoWidth = true)
    abstract static class Part implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        CommandSpec spec;

        abstract int run() throws StoreException, SignException, IOException;

        @Override
        public Integer call() {
            try {
                return run();
            } catch (StoreException | SignException | IOException e) {
                throw new CommandException(CommandException.ENVIRONMENT, String.valueOf(e.getMessage()));
            }
        }
    }

    /** {@code plumbline store check}. */
    @Command(
            name = "check",
            description =
                    "Read everything that is sealed, with everything that it names, and say what is damaged or missing.")
    static final class CheckIt extends Part {

        @Mixin
        final EvidencePlace place = new EvidencePlace();

        @Override
        int run() throws StoreException, SignException, IOException {
            Stores stores = place.stores();
            List<Check> checks = new ArrayList<>();
            for (StoredSync sync : StoredSync.of(stores)) {
                checks.addAll(LogCheck.of(stores, place.keyring(), sync, List.of()));
            }
            return place.print(spec.commandLine().getOut(), "store", checks);
        }
    }

    /** What copies have in common. */
    abstract static class Copy extends Part {

        @Mixin
        final StorePlace place = new StorePlace();

        final int copy(Stores from, Stores to) throws StoreException {
            StoreCopy.Copied copied = StoreCopy.copy(from, to);
            spec.commandLine()
                    .getOut()
                    .println(place.output == StorePlace.Format.json ? Json.pretty(tree(copied)) : text(copied));
            return 0;
        }

        private static String text(StoreCopy.Copied copied) {
            return copied.entries() + copied.refs() + copied.objects() == 0
                    ? "nothing came since the last copy"
                    : "copied " + copied.entries() + " entries of logs, " + copied.refs() + " refs and "
                            + copied.objects() + " objects; check the copy with `plumbline store check`";
        }

        private static Map<String, @Nullable Object> tree(StoreCopy.Copied copied) {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("entries", copied.entries());
            tree.put("refs", copied.refs());
            tree.put("objects", copied.objects());
            return tree;
        }
    }

    /** {@code plumbline store export}. */
    @Command(
            name = "export",
            description = {
                "Copy the store to another place, also while it is written.",
                "The copy holds what was there at one moment for each sync. Again, it brings over what came since. A copy that"
                        + " ended early is refused by every command, until the export is repeated."
            },
            footer = {"", "Example:", "  plumbline store export /backup/plumbline"})
    static final class Export extends Copy {

        @Parameters(
                paramLabel = "DIR|s3://…",
                description = "where to; empty, or copied from this store before and used by nobody since")
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        String other;

        @Override
        int run() throws StoreException {
            return copy(place.stores(), OperatorStore.open(other));
        }
    }

    /** {@code plumbline store import}. */
    @Command(
            name = "import",
            description = {
                "Copy another store into this one, which must be empty, or a copy of it that nobody has used since.",
                "Nothing may run on this one meanwhile."
            },
            footer = {"", "Example:", "  plumbline store import /backup/plumbline --store ~/plumbline-store"})
    static final class Import extends Copy {

        @Parameters(paramLabel = "DIR|s3://…", description = "where from")
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        String other;

        @Override
        int run() throws StoreException {
            if (!other.startsWith("s3://") && !Files.isDirectory(Path.of(other))) {
                throw new CommandException(CommandException.ENVIRONMENT, "there is no store in " + other);
            }
            return copy(OperatorStore.open(other), OperatorStore.open(place.where()));
        }
    }
}
