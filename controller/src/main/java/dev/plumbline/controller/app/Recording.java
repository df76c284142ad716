package dev.plumbline.controller.app;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.reconcile.Sync;
import dev.plumbline.controller.record.ArtifactDigests;
import dev.plumbline.controller.record.DefaultsHistory;
import dev.plumbline.controller.record.LineageFeed;
import dev.plumbline.controller.record.Recorder;
import dev.plumbline.controller.record.RecorderDoors;
import dev.plumbline.controller.record.ReleaseHistory;
import dev.plumbline.controller.record.RunEvents;
import dev.plumbline.controller.record.WatchedSync;
import dev.plumbline.registry.evidence.EvidenceArchive;
import dev.plumbline.registry.evidence.EvidenceSource;
import dev.plumbline.registry.index.IndexFile;
import dev.plumbline.registry.lineage.LineageSink;
import dev.plumbline.registry.mlflow.MlflowRegistry;
import dev.plumbline.registry.provenance.ContentHistory;
import dev.plumbline.registry.provenance.Judge;
import dev.plumbline.registry.query.RunQueries;
import dev.plumbline.registry.query.SyncRuns;
import dev.plumbline.registry.run.Executor;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.source.Source;
import dev.plumbline.registry.store.Stores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The recorder of one sync's runs, and the questions over what it recorded. */
final class Recording implements AutoCloseable {

    private final Sync sync;
    private final Source source;
    private final ContentHistory content;
    private final ReleaseHistory releases;
    private final @Nullable MlflowRegistry models;
    private final ArtifactDigests artifacts;
    private final Recorder recorder;
    private final @Nullable LineageSink sink;
    private final LineageFeed lineage;
    private final RunQueries queries;
    private final IndexFile index;
    private final EvidenceGate gate;

    Recording(
            Sync sync,
            Source source,
            ClusterReader cluster,
            Stores stores,
            Path index,
            @Nullable MlflowRegistry models,
            ArtifactDigests artifacts,
            ContentHistory content,
            ReleaseHistory releases,
            LocalEvidence evidence,
            @Nullable LineageSink lineage,
            RunEvents events)
            throws ClusterException {
        this.sync = sync;
        this.source = source;
        this.content = content;
        this.releases = releases;
        this.models = models;
        this.artifacts = artifacts;
        this.sink = lineage;
        this.lineage = new LineageFeed(stores, cluster.clusterId(), lineage, events::trouble);
        this.recorder = new Recorder(
                Executor.LOCAL,
                new RecorderDoors(
                        cluster,
                        stores,
                        models,
                        artifacts,
                        evidence.writer(),
                        DefaultsHistory.NONE,
                        null,
                        InstantSource.system(),
                        null,
                        null),
                new Judge(),
                this.lineage.hearing(events));
        RunJournal journal =
                new RunJournal(stores, cluster.clusterId(), sync.spec().id());
        this.gate = new EvidenceGate(stores, evidence.keys());
        EvidenceArchive archive =
                new EvidenceArchive(stores, cluster.clusterId(), sync.spec().id());
        this.index = new IndexFile(index);
        this.queries = new RunQueries(List.of(new SyncRuns(
                sync.spec().id(),
                journal,
                this.index.runs(cluster.clusterId(), sync.spec().id(), journal, archive),
                source.repository())));
    }

    /** Records runs in these namespaces from now on. */
    void follow(Set<String> namespaces) {
        if (!namespaces.isEmpty()) {
            EvidenceSource from = new EvidenceSource(
                    source.url(), sync.spec().branch(), sync.spec().path());
            WatchedSync watched = new WatchedSync(sync.spec().id(), namespaces, source.url(), from, content, releases);
            lineage.follow(watched);
            recorder.follow(watched);
        }
    }

    /** The history may have a new entry. */
    void grew() {
        recorder.grew(sync.spec().id());
    }

    /** Reads artifacts of runs. */
    ArtifactDigests artifacts() {
        return artifacts;
    }

    RunQueries queries() {
        return queries;
    }

    /** Lets models through, or not. */
    EvidenceGate gate() {
        return gate;
    }

    @Override
    public void close() {
        recorder.close();
        lineage.close();
        if (sink != null) {
            sink.close();
        }
        index.close();
        if (models != null) {
            models.close();
        }
    }
}
