using Hypergate.Host.Settings;

namespace Hypergate.Host.Composition;

/// <summary>Credentials of the environment: a variable, or with <c>_FILE</c> behind its name the file that holds it.</summary>
internal static class CredentialEnvironment
{
    private const string OfFile = "_FILE";
    private static readonly string[] Beginnings = ["CREDENTIAL_", "HYPERGATE_CREDENTIAL_"];

    /// <summary>Null where there is none.</summary>
    public static string? Find(string name, SettingsSources sources) =>
        sources.Variable(name) ?? (sources.Variable(name + OfFile) is { } path ? Content(path, sources) : null);

    /// <summary>All that there are, so that none of them leaves the process in a text.</summary>
    public static IEnumerable<string> All(SettingsSources sources) => sources.Environment.Keys
        .Where(static name => Beginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal)))
        .Select(name => name.EndsWith(OfFile, StringComparison.Ordinal) ? Content(sources.Environment[name], sources) : sources.Variable(name))
        .OfType<string>();

    private static string? Content(string path, SettingsSources sources)
    {
        try
        {
            return File.ReadAllText(sources.Absolute(path, sources.WorkingFolder)).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
