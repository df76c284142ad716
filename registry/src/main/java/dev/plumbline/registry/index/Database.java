package dev.plumbline.registry.index;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One SQLite file of this version's form. One of another form is emptied, one that is damaged is made anew: everything in it can
 * be read from the stores again. Several processes may use it. Not for several threads at once.
 */
final class Database implements AutoCloseable {

    /** Number of the form of the tables; any change of schema.sql or of what is put into the tables gets the next one. */
    private static final int FORM = 1;

    private static final int CORRUPT = 11;
    private static final int NOT_A_DATABASE = 26;
    private static final int CODE_BITS = 0xff;

    private final Path file;
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    private Database(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Opens the file, or makes it. */
    static Database open(Path file) throws SQLException, IOException {
        Path place = file.toAbsolutePath();
        Files.createDirectories(place.resolveSibling("."));
        try {
            return of(place);
        } catch (SQLException e) {
            if (!damaged(e)) {
                throw e;
            }
            delete(place);
            return of(place);
        }
    }

    /** Whether what a file holds cannot be used any more. */
    static boolean damaged(SQLException e) {
        int code = e.getErrorCode() & CODE_BITS;
        return code == CORRUPT || code == NOT_A_DATABASE;
    }

    /** Removes a file with what SQLite keeps beside it. */
    static void delete(Path file) throws IOException {
        for (String end : List.of("", "-wal", "-shm", "-journal")) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + end));
        }
    }

    private static Database of(Path file) throws SQLException, IOException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Database database = new Database(file, connection);
        try {
            // Commits need not reach the disk one by one: what a crash takes from the end is read from the stores
            // again.
            database.run("PRAGMA busy_timeout=600000");
            database.run("PRAGMA journal_mode=WAL");
            database.run("PRAGMA synchronous=NORMAL");
            database.run("PRAGMA cache_size=-32768");
            database.run("PRAGMA temp_store=MEMORY");
            database.form();
            return database;
        } catch (SQLException | IOException e) {
            database.close();
            throw e;
        }
    }

    private void form() throws SQLException, IOException {
        atomically(() -> {
            long form = number("PRAGMA user_version").orElse(0L);
            if (form == FORM) {
                return;
            }
            List<String> tables =
                    texts("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'");
            for (String table : tables) {
                run("DROP TABLE \"" + table.replace("\"", "\"\"") + "\"");
            }
            for (String line : schema()) {
                run(line);
            }
            run("PRAGMA user_version=" + FORM);
        });
    }

    private static List<String> schema() throws SQLException {
        try (InputStream in = Database.class.getResourceAsStream("schema.sql")) {
            if (in == null) {
                throw new SQLException("schema.sql is missing in this program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("--"))
                    .toList();
        } catch (IOException e) {
            throw new SQLException("schema.sql of this program cannot be read: " + e.getMessage(), e);
        }
    }

    /** Does several writes, all or none; no other process writes meanwhile. */
    <E extends Exception> void atomically(Work<E> work) throws SQLException, E {
        run("BEGIN IMMEDIATE");
        boolean done = false;
        try {
            work.run();
            run("COMMIT");
            done = true;
        } finally {
            if (!done) {
                rollback();
            }
        }
    }

    private void rollback() {
        try {
            run("ROLLBACK");
        } catch (SQLException e) {
            // On a full disk SQLite rolled back by itself; what made it necessary is on its way to the caller, and is
            // not hidden.
        }
    }

    /** Executes a statement that is used once. */
    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Writes with these values for the question marks; answers how many rows that were. */
    int write(String sql, Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    /** The rows of an answer. */
    <T> List<T> rows(String sql, Row<T> row, Object... values) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (ResultSet result = bound(sql, values).executeQuery()) {
            while (result.next()) {
                rows.add(row.of(result));
            }
        }
        return rows;
    }

    /** The first number of an answer. */
    Optional<Long> number(String sql, Object... values) throws SQLException {
        return rows(sql, result -> result.getLong(1), values).stream().findFirst();
    }

    private List<String> texts(String sql) throws SQLException {
        return rows(sql, result -> result.getString(1));
    }

    private PreparedStatement bound(String sql, Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    Path file() {
        return file;
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
        connection.close();
    }

    /** Several writes. */
    interface Work<E extends Exception> {
        void run() throws SQLException, E;
    }

    /** Reads one row. */
    interface Row<T> {
        T of(ResultSet result) throws SQLException;
    }
}
