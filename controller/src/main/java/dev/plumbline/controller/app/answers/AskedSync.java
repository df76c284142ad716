package dev.plumbline.controller.app.answers;

import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.reconcile.Sync;
import dev.plumbline.controller.record.ArtifactDigests;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.Persons;
import dev.plumbline.registry.history.ReleaseArchive;
import dev.plumbline.registry.history.ReleaseRecord;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.query.RunQueries;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A sync that questions are about.
 *
 * @param sync the sync
 * @param repository its commits, as far as they were fetched
 * @param persons names of authors and actors
 * @param archive Releases that were applied
 * @param cluster where its objects are
 * @param runs questions about its runs; null where runs are not recorded
 * @param artifacts reads artifacts of its runs
 */
public record AskedSync(
        Sync sync,
        Repository repository,
        Persons persons,
        ReleaseArchive archive,
        ClusterReader cluster,
        @Nullable RunQueries runs,
        ArtifactDigests artifacts) {

    /**
     * The Release that is applied now; empty before the first.
     *
     * @throws StoreException when it cannot be read
     */
    public Optional<ReleaseRecord> inForce() throws StoreException {
        Optional<Digest> record = sync.history().lastApplied().map(HistoryEntry::record);
        return record.isEmpty() ? Optional.empty() : archive.load(record.get());
    }

    /**
     * Namespaces that the applied Release has objects in.
     *
     * @throws StoreException when it cannot be read
     */
    List<String> namespaces() throws StoreException {
        Set<String> namespaces = new TreeSet<>();
        inForce()
                .ifPresent(release -> release.objects()
                        .forEach(manifest -> namespaces.add(manifest.key().namespace())));
        namespaces.remove("");
        return List.copyOf(namespaces);
    }
}
