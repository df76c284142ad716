package dev.plumbline.controller.app.operator;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.provenance.ContentHistory;
import dev.plumbline.registry.provenance.RenderedContent;
import dev.plumbline.registry.source.SourceException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** A history that is read when it is its turn. */
record InTurn(ContentHistory inner, Semaphore turns) implements ContentHistory {

    @Override
    public List<List<CommitId>> lines() throws SourceException {
        turns.acquireUninterruptibly();
        try {
            return inner.lines();
        } finally {
            turns.release();
        }
    }

    @Override
    public boolean complete() {
        return inner.complete();
    }

    @Override
    public Optional<RenderedContent> at(CommitId commit) throws SourceException {
        turns.acquireUninterruptibly();
        try {
            return inner.at(commit);
        } finally {
            turns.release();
        }
    }
}
