package dev.plumbline.registry.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;

/**
 * A run that was found; of its models, which one.
 *
 * @param run its number in the tables
 * @param created when it was created
 * @param position position of the model in it; 0 where no model was asked for
 */
record Found(long run, String created, int position) {

    static final Comparator<Found> NEWEST_FIRST = Comparator.comparing(Found::created)
            .reversed()
            .thenComparing(Comparator.comparingLong(Found::run).reversed())
            .thenComparingInt(Found::position);

    static Found of(ResultSet row) throws SQLException {
        return new Found(row.getLong(1), row.getString(2), row.getInt(3));
    }
}
