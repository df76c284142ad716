package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.apply.InFlight;
import dev.plumbline.controller.informer.Informers;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.reconcile.Claims;
import dev.plumbline.controller.reconcile.Fence;
import dev.plumbline.registry.history.Persons;
import dev.plumbline.registry.history.ReleaseArchive;
import dev.plumbline.registry.metrics.Metrics;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.store.Stores;
import java.time.InstantSource;

/**
 * What all syncs of one term of leadership share.
 *
 * @param options how the program runs
 * @param clusterId the cluster
 * @param cluster the cluster with the rights of the program itself
 * @param syncs follows the PipelineSyncs
 * @param rollbacks follows the PipelineRollbacks
 * @param informers follow what syncs own
 * @param sources repositories
 * @param stores where values are kept
 * @param archive where Releases are kept
 * @param persons names of persons
 * @param renderer renders for all
 * @param turns bounds how many syncs render at one time, in the order in which they came
 * @param claims what all syncs want
 * @param inFlight how many writes are under way at once
 * @param events tell people
 * @param metrics counts
 * @param clock tells the time
 * @param dependents which syncs wait for which
 * @param pace when news that may wait is told
 * @param fence ends with the term
 * @param recording records runs
 */
record Parts(
        OperatorOptions options,
        String clusterId,
        KubeCluster cluster,
        CustomResources syncs,
        CustomResources rollbacks,
        Informers informers,
        SourcePool sources,
        Stores stores,
        ReleaseArchive archive,
        Persons persons,
        Renderer renderer,
        Turns turns,
        Claims claims,
        InFlight inFlight,
        Events events,
        Metrics metrics,
        InstantSource clock,
        Dependents<SyncId> dependents,
        Pace pace,
        Fence fence,
        TermRecording recording) {}
