using System.Globalization;
using Microsoft.Data.Sqlite;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Enrichment.Intel;

/// <summary>Answers of earlier runs, "unknown" among them, in a SQLite database that several runs may use at once. Answers that are no longer valid are forgotten.</summary>
internal sealed class IntelCache : IDisposable
{
    // "Pcap": in the file's header, so that no other program's database is written to (sqlite.org/pragma.html#pragma_application_id).
    private const long ApplicationId = 0x5063_6170;
    private const int MostMeasures = 8;

    private readonly SqliteConnection _database;
    private readonly long _valid;
    private readonly TimeProvider _clock;

    private IntelCache(SqliteConnection database, TimeSpan lifetime, TimeProvider clock)
    {
        _database = database;
        _clock = clock;
        _valid = clock.GetUtcNow().ToUnixTimeSeconds() - (long)lifetime.TotalSeconds;
    }

    /// <summary>Opens the cache.</summary>
    /// <param name="path">The file; made if it is missing, unless it is only read.</param>
    /// <param name="lifetime">How long answers hold.</param>
    /// <param name="isReadOnly">Whether nothing will be written, or even made.</param>
    /// <param name="clock">What tells the time.</param>
    /// <param name="problem">Why there is none; null if there is, or none is needed.</param>
    public static IntelCache? Open(string path, TimeSpan lifetime, bool isReadOnly, TimeProvider clock, out string? problem)
    {
        problem = null;
        if (isReadOnly && !File.Exists(path))
        {
            return null;
        }

        SqliteConnection? database = null;
        try
        {
            if (!isReadOnly)
            {
                Make(path);
            }

            database = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = isReadOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite,
                Pooling = false,
                DefaultTimeout = 5,
            }.ToString());
            database.Open();
            var cache = new IntelCache(database, lifetime, clock);
            if (cache.Prepare(isReadOnly))
            {
                return cache;
            }

            problem = "it is another program's database";
        }
        catch (SqliteException)
        {
            problem = "it is no database, is damaged, or cannot be written to";
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException)
        {
            problem = "the library libe_sqlite3, which belongs beside the program, is missing";
        }
        catch (Exception e) when (IoReason.Applies(e))
        {
            problem = IoReason.Of(e, path);
        }

        database?.Dispose();
        return null;
    }

    /// <summary>Gets the answer of a service that is still valid, or null.</summary>
    public Reputation? Find(string service, ReputationQuestion question)
    {
        try
        {
            using SqliteCommand command = _database.CreateCommand();
            command.CommandText = "SELECT known, trusted, reported, numbers FROM answers WHERE service = $service AND kind = $kind AND value = $value AND asked > $valid AND asked <= $now";
            command.Parameters.AddWithValue("$service", service);
            command.Parameters.AddWithValue("$kind", (long)question.Kind);
            command.Parameters.AddWithValue("$value", question.Value);
            command.Parameters.AddWithValue("$valid", _valid);
            command.Parameters.AddWithValue("$now", _clock.GetUtcNow().ToUnixTimeSeconds());
            using SqliteDataReader row = command.ExecuteReader();
            return !row.Read() ? null : new Reputation(question, service, row.GetInt64(0) != 0 ? ReputationState.Known : ReputationState.Unknown)
            {
                IsTrusted = row.GetInt64(1) != 0,
                Reported = row.IsDBNull(2) ? null : Timestamp.FromSeconds(Math.Clamp(row.GetInt64(2), 0, uint.MaxValue)),
                Measures = Measures(row.GetString(3)),
                IsCached = true,
            };
        }
        catch (Exception e) when (e is SqliteException or InvalidCastException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Keeps answers; tells whether that was possible.</summary>
    public bool Keep(IEnumerable<Reputation> answers)
    {
        try
        {
            using SqliteTransaction transaction = _database.BeginTransaction();
            foreach (Reputation answer in answers)
            {
                using SqliteCommand command = _database.CreateCommand();
                command.CommandText = "INSERT OR REPLACE INTO answers (service, kind, value, asked, known, trusted, reported, numbers) VALUES ($service, $kind, $value, $asked, $known, $trusted, $reported, $numbers)";
                command.Parameters.AddWithValue("$service", answer.Service);
                command.Parameters.AddWithValue("$kind", (long)answer.Question.Kind);
                command.Parameters.AddWithValue("$value", answer.Question.Value);
                command.Parameters.AddWithValue("$asked", _clock.GetUtcNow().ToUnixTimeSeconds());
                command.Parameters.AddWithValue("$known", answer.State == ReputationState.Known ? 1L : 0L);
                command.Parameters.AddWithValue("$trusted", answer.IsTrusted ? 1L : 0L);
                command.Parameters.AddWithValue("$reported", answer.Reported is { } time ? time.Nanoseconds / Timestamp.PerSecond : DBNull.Value);
                command.Parameters.AddWithValue("$numbers", string.Join('\n', answer.Measures.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Name}={m.Value}"))));
                command.ExecuteNonQuery();
            }

            transaction.Commit();
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    public void Dispose() => _database.Dispose();

    // What was looked up tells what was captured: nobody else may read it.
    private static void Make(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(path, options).Dispose();
    }

    private static List<Measure> Measures(string numbers)
    {
        var measures = new List<Measure>();
        foreach (string line in numbers.Split('\n', MostMeasures + 1).Take(MostMeasures))
        {
            if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && double.TryParse(line.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
            {
                measures.Add(new Measure(Printable.From(line[..at], 32), value));
            }
        }

        return measures;
    }

    private bool Prepare(bool isReadOnly)
    {
        long owner = Scalar("PRAGMA application_id");
        if (owner != ApplicationId && (owner != 0 || Scalar("SELECT count(*) FROM sqlite_master") != 0))
        {
            return false;
        }

        if (!isReadOnly)
        {
            Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
            Execute("CREATE TABLE IF NOT EXISTS answers (service TEXT NOT NULL, kind INTEGER NOT NULL, value TEXT NOT NULL, asked INTEGER NOT NULL, known INTEGER NOT NULL, trusted INTEGER NOT NULL, reported INTEGER, numbers TEXT NOT NULL, PRIMARY KEY (service, kind, value)) WITHOUT ROWID");
            Execute(string.Create(CultureInfo.InvariantCulture, $"DELETE FROM answers WHERE asked <= {_valid}"));
        }

        return true;
    }

    private long Scalar(string sql)
    {
        using SqliteCommand command = _database.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long number ? number : 0;
    }

    private void Execute(string sql)
    {
        using SqliteCommand command = _database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
