using System.Text;

namespace Hypergate.Host.Settings.Files;

/// <summary>Fills <c>${env:NAME}</c> and <c>${file:/path}</c> into a value.</summary>
internal sealed class Substitution(SettingsSources sources, string file)
{
    private const string Opening = "${";

    /// <summary>The name of the settings file, for errors.</summary>
    public string File { get; } = file;

    public static bool Concerns(string text) => text.Contains(Opening, StringComparison.Ordinal);

    public string Fill(string text, string path, long line)
    {
        var filled = new StringBuilder();
        while (text.IndexOf(Opening, StringComparison.Ordinal) is >= 0 and var start)
        {
            var end = text.IndexOf('}', start);
            if (end < 0)
            {
                throw new SettingsException($"{File}:{line}: {path} holds '${{' without a closing brace.");
            }

            filled.Append(text, 0, start).Append(Value(text[(start + Opening.Length)..end], path, line));
            text = text[(end + 1)..];
        }

        return filled.Append(text).ToString();
    }

    private string Value(string reference, string path, long line) => reference.Split(':', 2) switch
    {
        ["env", { Length: > 0 } name] => sources.Variable(name)
            ?? throw new SettingsException($"{File}:{line}: {path} needs the environment variable {name}, which is not set."),
        ["file", { Length: > 0 } name] => SecretFile.Read(name, sources.WorkingFolder, $"{File}:{line}: {path}"),
        _ => throw new SettingsException($"{File}:{line}: {path} holds a '${{…}}' of another form; only ${{env:NAME}} and ${{file:/path}} are understood."),
    };
}
