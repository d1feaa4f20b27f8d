using Hypergate.Host.Settings;
using Npgsql;

namespace Hypergate.Host.State.Postgres;

/// <summary>How a database is reached, from either of the two usual spellings.</summary>
internal static class PostgresAddress
{
    private const string GssEncryption = "GSS Encryption Mode";

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["application_name"] = "Application Name",
        ["connect_timeout"] = "Timeout",
        ["gssencmode"] = GssEncryption,
        ["target_session_attrs"] = "Target Session Attributes",
    };

    /// <exception cref="SettingsException">It is no such address. The message holds nothing of it.</exception>
    public static NpgsqlConnectionStringBuilder Read(PostgresSettings settings)
    {
        var text = settings.Connection.Reveal().Trim();
        try
        {
            var given = text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
                ? OfUri(text)
                : new NpgsqlConnectionStringBuilder(text);
            return string.IsNullOrEmpty(given.Host) ? throw new SettingsException("postgres.connection names no host") : Complete(given, settings);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or UriFormatException)
        {
            throw new SettingsException("postgres.connection cannot be understood; write postgres://user:password@host:5432/database, or Host=…;Username=…;Password=…;Database=…");
        }
    }

    private static NpgsqlConnectionStringBuilder OfUri(string text)
    {
        var uri = new Uri(text);
        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder { Host = Uri.UnescapeDataString(uri.Host), Port = uri.Port > 0 ? uri.Port : 5432, Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')) };
        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }

        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var (name, value) = (Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
            builder[Names.GetValueOrDefault(name, name)] = name.Equals("sslmode", StringComparison.OrdinalIgnoreCase) ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }

        return builder;
    }

    private static NpgsqlConnectionStringBuilder Complete(NpgsqlConnectionStringBuilder given, PostgresSettings settings)
    {
        // Encryption by Kerberos is tried where it was asked for alone: its library is missing in most containers, and says so in the log.
        if (!given.ShouldSerialize(GssEncryption))
        {
            given.GssEncryptionMode = GssEncryptionMode.Disable;
        }

        given.ApplicationName ??= "hypergate";
        given.Timeout = Math.Min(given.Timeout, settings.TimeoutSeconds);
        given.CommandTimeout = settings.TimeoutSeconds;
        given.CancellationTimeout = 1000;
        given.MaxPoolSize = settings.Connections;
        given.TcpKeepAlive = true;
        given.IncludeErrorDetail = false;
        return given;
    }
}
