package dev.plumbline.controller.app.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.live.Patience;
import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.store.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What an election does when calls hang or things go wrong; several programs on a real server are tried elsewhere. */
class LeaderElectionTest {

    private static final ObjectKey LEASE = new ObjectKey("coordination.k8s.io", "Lease", "default", "controller");
    private static final Duration DURATION = Duration.ofMillis(700);

    private final LeaseServer server = new LeaseServer();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private LeaderElection election(LeaderElection.Listener listener) {
        return election(listener, DURATION);
    }

    private LeaderElection election(LeaderElection.Listener listener, Duration lease) {
        return new LeaderElection(
                server, server, LEASE, "one", LeaderElection.Timing.of(lease), InstantSource.system(), listener);
    }

    @Test
    void whoseCallsHangStopsBeforeTheLeaseEnds() throws Exception {
        try (LeaderElection election = election(new Heard())) {
            election.start();
            Patience.until(() -> heard.contains("leads 0"));
            server.hang();
            long start = System.nanoTime();
            Patience.until(() -> heard.contains("stops at once"));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(took.compareTo(DURATION) < 0, took.toString());

            server.goOn();
            Patience.until(() -> heard.lastIndexOf("leads 0") > heard.indexOf("stops at once"));
        }
        assertEquals("stops in order", heard.getLast());
    }

    @Test
    void aLeaderRenewsWhileEveryCarrierOfVirtualThreadsIsBusy() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Duration lease = Duration.ofSeconds(3);
        try (LeaderElection election = election(new Heard(), lease)) {
            election.start();
            Patience.until(() -> heard.contains("leads 0"));
            for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
                Thread.ofVirtual().start(() -> {
                    while (!done.get()) {
                        Thread.onSpinWait();
                    }
                });
            }
            Object before = server.get(LEASE).orElseThrow();
            Thread.sleep(lease.multipliedBy(2));
            Object after = server.get(LEASE).orElseThrow();
            done.set(true); // Else the end would wait for a carrier as well.
            assertNotEquals(before, after, "it was renewed meanwhile");
            assertEquals(List.of("leads 0"), heard);
        } finally {
            done.set(true);
        }
    }

    @Test
    void whoCannotLeadNowIsAskedAgain() throws Exception {
        try (LeaderElection election = election(new Heard() {
            @Override
            public boolean leads(long transitions) {
                return super.leads(transitions) && heard.size() >= 3;
            }
        })) {
            election.start();
            Patience.until(() -> heard.size() >= 3);
        }
        assertEquals(List.of("leads 0", "leads 0", "leads 0", "stops in order"), heard);
    }

    @Test
    void aBugInWhatIsToldDoesNotEndTheElection() throws Exception {
        try (LeaderElection election = election(new Heard() {
            @Override
            public boolean leads(long transitions) {
                super.leads(transitions);
                if (heard.size() == 1) {
                    throw new IllegalStateException("a bug");
                }
                return true;
            }
        })) {
            election.start();
            Patience.until(() -> heard.size() >= 3);
        }
        assertTrue(heard.get(1).startsWith("trouble") && heard.get(1).contains("a bug"), heard.toString());
        assertEquals(List.of("leads 0", "stops in order"), heard.subList(2, heard.size()));
    }

    @Test
    void termsGrowAlsoWhenTheLeaseBeginsAnew() throws Exception {
        Stores stores = MemoryStores.create();
        assertEquals(4, TermNumbers.next(stores, "cluster", 4));
        assertEquals(5, TermNumbers.next(stores, "cluster", 1));
        assertEquals(9, TermNumbers.next(stores, "cluster", 9));
        assertEquals(1, TermNumbers.next(stores, "another", 1));
    }

    private class Heard implements LeaderElection.Listener {

        @Override
        public boolean leads(long transitions) {
            heard.add("leads " + transitions);
            return true;
        }

        @Override
        public void stops(String why, boolean inOrder) {
            heard.add(inOrder ? "stops in order" : "stops at once");
        }

        @Override
        public void trouble(String what) {
            heard.add("trouble " + what);
        }
    }
}
