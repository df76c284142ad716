package dev.plumbline.controller.app;

import dev.plumbline.controller.app.answers.AskedSync;
import dev.plumbline.controller.apply.Applier;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.controller.local.python.MlflowServer;
import dev.plumbline.controller.local.python.PythonEnvironment;
import dev.plumbline.controller.local.runner.Runner;
import dev.plumbline.controller.reconcile.Poller;
import dev.plumbline.controller.reconcile.RenderedReleases;
import dev.plumbline.controller.reconcile.Sync;
import dev.plumbline.controller.reconcile.SyncSetup;
import dev.plumbline.controller.reconcile.SyncSpec;
import dev.plumbline.controller.spec.DeletionBudget;
import dev.plumbline.controller.status.Notice;
import dev.plumbline.controller.status.Notice.Kind;
import dev.plumbline.registry.blame.Timelines;
import dev.plumbline.registry.evidence.CopyMark;
import dev.plumbline.registry.evidence.SecretParameters;
import dev.plumbline.registry.file.FileStores;
import dev.plumbline.registry.git.GitSource;
import dev.plumbline.registry.history.Persons;
import dev.plumbline.registry.history.ReleaseArchive;
import dev.plumbline.registry.history.ReleaseRecord;
import dev.plumbline.registry.metrics.Metrics;
import dev.plumbline.registry.mlflow.MlflowRegistry;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.source.Refs;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Everything that {@code up} runs, composed with {@code new}. */
final class Engine implements AutoCloseable {

    /** The index of runs in the data folder. */
    private static final String INDEX = "index.db";

    private static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(10);
    private static final InstantSource CLOCK = InstantSource.system();
    /** Which part of the heap earlier builds may take. */
    private static final int KEPT_PART = 4;

    private static final SyncId SYNC = new SyncId("plumbline", "local");

    private final UpOptions options;
    private final String url;
    private final Metrics metrics = new Metrics(Program.VERSION);
    private final Consumer<Notice> notices;
    private final EmbeddedCluster cluster;
    private final GitSource source;
    private final Persons persons;
    private final ReleaseArchive archive;
    private final Sync sync;
    private final Poller<Refs> poller;
    private final LocalRuns runs;
    private final SecretParameters secrecy;
    private final Recording recording;
    private volatile boolean ending;

    private Engine(UpOptions options, DataFolder folder, Consumer<Notice> notices)
            throws StartException, SourceException, StoreException, ClusterException, IOException {
        this.options = options;
        this.notices = notices;
        Settings settings = Settings.ensure(folder.resolve("settings.json"));
        this.url = repository(options, folder, settings);
        this.source = GitSource.open(url, folder.resolve("mirrors").resolve(GitSource.mirrorName(url)));
        this.secrecy = new SecretParameters(settings.salt(), Set.of());
        Stores stores = CopyMark.use(FileStores.open(folder.resolve("store")));
        this.cluster = EmbeddedCluster.open(folder.resolve("cluster"), CLOCK);
        this.persons = new Persons(stores.refs(), "persons", settings.salt());
        this.archive = new ReleaseArchive(stores.objects());
        Renderer renderer = renderer(spec(options, source));
        Timelines timelines = new Timelines(source.repository(), renderer);
        this.sync = Sync.open(SyncSetup.alone(
                spec(options, source),
                source.repository(),
                new RenderedReleases(source.repository(), renderer, options.path(), timelines),
                stores,
                persons,
                Applier.Setup.alone(cluster, cluster),
                this::hear,
                metrics));
        this.poller = new Poller<>(source.url(), source::poll, options.interval(), sync);
        PythonEnvironment environment = StepRequirements.environment(options);
        MlflowServer mlflow = new MlflowServer(folder.resolve("mlflow"), settings.mlflowPort());
        this.runs = new LocalRuns(cluster, folder, new PythonSteps(environment, mlflow, this::say), this::say);
        this.recording = new Recording(
                sync,
                source,
                cluster,
                stores,
                folder.resolve(INDEX),
                environment == null ? null : new MlflowRegistry(mlflow.address(), REGISTRY_TIMEOUT),
                new RunArtifacts(folder),
                new SeenContent(sync, source.repository(), renderer, timelines, true, () -> ending),
                new ReleasesInForce(sync, archive),
                LocalEvidence.of(folder, settings),
                options.lineage(),
                new RunNotices((kind, run, text) -> say(kind, text), metrics));
    }

    private static SyncSpec spec(UpOptions options, GitSource source) {
        return new SyncSpec(
                SYNC, source.url(), options.branch(), options.path(), DeletionBudget.STANDARD, options.argo());
    }

    private static Renderer renderer(SyncSpec spec) {
        long most = Math.min(Renderer.MAX_KEPT_BYTES, Runtime.getRuntime().maxMemory() / KEPT_PART);
        return new Renderer(most).with(spec.options());
    }

    /**
     * Opens everything. Nothing moves yet.
     *
     * @throws StartException when something is missing or in the way
     */
    static Engine open(UpOptions options, DataFolder folder, Consumer<Notice> notices) throws StartException {
        try {
            Engine engine = new Engine(options, folder, notices);
            try {
                engine.check();
            } catch (StartException e) {
                engine.close();
                throw e;
            }
            return engine;
        } catch (SourceException | StoreException | ClusterException e) {
            throw new StartException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new StartException("cannot use the data folder " + options.data() + ": " + e.getMessage());
        }
    }

    /** Starts everything. */
    void start() throws StartException {
        follow();
        sync.start();
        poller.start();
        if (runsSteps()) {
            try {
                runs.start(options.repository().isEmpty());
            } catch (IOException e) {
                throw new StartException("cannot start the runner: " + e.getMessage());
            }
        } else {
            say(Kind.INFO, "steps of this repository do not run here; allow them with --trust-steps");
        }
    }

    @Override
    public void close() {
        ending = true;
        poller.close();
        sync.close();
        runs.stop();
        recording.close();
        runs.close();
        cluster.close();
        try {
            source.close();
        } catch (IOException e) {
            say(Kind.FAILED, "could not close the mirror of " + url + ": " + e.getMessage());
        }
    }

    /** Whether steps may run on this machine: those of a repository that somebody named only when that was allowed. */
    boolean runsSteps() {
        return options.repository().isEmpty() || options.trustSteps();
    }

    /** The sync, for questions. */
    AskedSync asked() {
        return new AskedSync(
                sync, source.repository(), persons, archive, cluster, recording.queries(), recording.artifacts());
    }

    /** The Release that is applied now; empty before the first. */
    Optional<ReleaseRecord> inForce() throws StoreException {
        return asked().inForce();
    }

    /** Namespaces that the applied Release has objects in. */
    List<String> namespaces() throws StoreException {
        Optional<ReleaseRecord> release = inForce();
        Set<String> namespaces = new TreeSet<>();
        release.ifPresent(one ->
                one.objects().forEach(manifest -> namespaces.add(manifest.key().namespace())));
        namespaces.remove("");
        return List.copyOf(namespaces);
    }

    /** How records keep secrets out. */
    SecretParameters secrecy() {
        return secrecy;
    }

    /** What is recorded of runs, and questions about it. */
    Recording recording() {
        return recording;
    }

    String url() {
        return url;
    }

    Sync sync() {
        return sync;
    }

    GitSource source() {
        return source;
    }

    EmbeddedCluster cluster() {
        return cluster;
    }

    Metrics metrics() {
        return metrics;
    }

    Runner runner() {
        return runs.runner();
    }

    Poller<Refs> poller() {
        return poller;
    }

    void say(Kind kind, String text) {
        notices.accept(new Notice(Instant.now(), kind, text));
    }

    private void hear(Notice notice) {
        notices.accept(notice);
        recording.grew();
        if (notice.kind() == Kind.APPLIED) {
            follow();
        }
    }

    /** Records runs in every namespace that the applied Release has objects in. */
    private void follow() {
        try {
            recording.follow(Set.copyOf(namespaces()));
        } catch (StoreException e) {
            say(Kind.FAILED, "runs are not recorded: " + e.getMessage());
        }
    }

    /** What a person got wrong is said at once; a repository that is only away is waited for where it was mirrored before. */
    private void check() throws StartException {
        try {
            Refs refs = source.poll();
            if (refs.resolve(options.branch()).isEmpty()) {
                throw new StartException(url + " has no branch or tag "
                        + (options.branch().isEmpty() ? "that HEAD names" : "named " + options.branch())
                        + "; make a first commit, or name another one with --branch");
            }
        } catch (SourceException e) {
            if (sync.history().last().isEmpty()) {
                throw new StartException(String.valueOf(e.getMessage()));
            }
        }
    }

    private static String repository(UpOptions options, DataFolder folder, Settings settings) throws StartException {
        if (!options.repository().isEmpty()) {
            Path local = Path.of(options.repository());
            return Files.exists(local) ? local.toAbsolutePath().normalize().toString() : options.repository();
        }
        Path target = folder.resolve("repository");
        ShippedRepository.ensure(options.home(), target, settings.mlflowPort(), Instant.now());
        try {
            SampleData.ensure(
                    options.home().resolve("pipelines/examples/data/make_sample_data.py"),
                    folder.resolve("volumes").resolve("plumbline-data"));
        } catch (StartException e) {
            // Everything but runs works without Python; the reason is said once, when the environment is made.
            return target.toString();
        }
        return target.toString();
    }
}
