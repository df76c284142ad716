package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.reconcile.Candidate;
import dev.plumbline.controller.reconcile.Releases;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.SourceException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Who may render now. Rendering is the only work that takes a processor for long, so as many as there are processors do it at one
 * time, first come first served: a sync whose repository is huge has one turn like everybody else, and waits for its next. A commit that does not touch what made
 * the newest Release of a sync needs no turn.
 */
final class Turns {

    private final Semaphore turns;

    Turns(int atOnce) {
        this.turns = new Semaphore(atOnce, true);
    }

    /** The same Releases, in turn. */
    Releases inTurn(Releases releases) {
        return new Releases() {
            @Override
            public Candidate at(CommitId commit) throws SourceException {
                Optional<Candidate> known = releases.known(commit);
                if (known.isPresent()) {
                    return known.get();
                }
                take(commit);
                try {
                    return releases.at(commit);
                } finally {
                    turns.release();
                }
            }

            @Override
            public Optional<Candidate> known(CommitId commit) throws SourceException {
                return releases.known(commit);
            }

            @Override
            public Optional<Candidate> newest() {
                return releases.newest();
            }
        };
    }

    private void take(CommitId commit) throws SourceException {
        try {
            turns.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceException("rendering " + commit + " was interrupted; it is done at the next start", true);
        }
    }
}
