package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.apply.Applier;
import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.apply.Gate;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.status.Notice;
import dev.plumbline.registry.history.Persons;
import dev.plumbline.registry.history.ReleaseArchive;
import dev.plumbline.registry.metrics.Metrics;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.store.Stores;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * What a sync is made of.
 *
 * @param spec what it keeps applied
 * @param repository what was fetched of its repository
 * @param releases what a commit means for its path
 * @param stores where it keeps its values
 * @param archive where it keeps Releases
 * @param persons names of persons
 * @param reader looks at its cluster
 * @param writer changes its cluster
 * @param applier does what plans say
 * @param claims what all syncs of the cluster want
 * @param notices hears what it does
 * @param settled called whenever the worker rests
 * @param metrics counts what it does
 * @param clock tells the time
 * @param fence keeps a program that no longer leads from writing
 * @param gate says when new heads must wait
 * @param health waits for what was applied to become healthy
 */
public record SyncSetup(
        SyncSpec spec,
        Repository repository,
        Releases releases,
        Stores stores,
        ReleaseArchive archive,
        Persons persons,
        ClusterReader reader,
        ClusterWriter writer,
        Applier applier,
        Claims claims,
        Consumer<Notice> notices,
        Runnable settled,
        Metrics metrics,
        InstantSource clock,
        Fence fence,
        HeadGate gate,
        Gate health) {

    /** A sync that is alone in its cluster, leads for ever, and waits for nothing, by the clock of this machine. */
    public static SyncSetup alone(
            SyncSpec spec,
            Repository repository,
            Releases releases,
            Stores stores,
            Persons persons,
            Applier.Setup applying,
            Consumer<Notice> notices,
            Metrics metrics) {
        return new SyncSetup(
                spec,
                repository,
                releases,
                stores,
                new ReleaseArchive(stores.objects()),
                persons,
                applying.reader(),
                applying.writer(),
                new Applier(applying),
                new Claims(freed -> {}),
                notices,
                () -> {},
                metrics,
                InstantSource.system(),
                Fence.none(),
                HeadGate.open(),
                Gate.OPEN);
    }
}
