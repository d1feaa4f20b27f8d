using System.Text.Json;
using Hypergate.Governance.Audit;
using Hypergate.Model;
using Hypergate.Results.Secrets;
using Hypergate.Results.Text;

namespace Hypergate.Results;

/// <summary>Keeps secrets out of the audit log: by the names under which they are passed, by their values, and by their looks.</summary>
public static class AuditRedaction
{
    private const int MostBytes = 64 * 1024;

    // What a guest is set up with holds passwords and keys in a text of its own.
    private static readonly string[] GuestSetup = ["cloudconfig", "networkconfig", "userdata", "metadata"];

    // A long text is told by its beginning: the log says what was asked, not all of what was sent.
    private static readonly Limits ArgumentLimits = new(1_000, 100, 200, 16);

    /// <param name="rules">What the kinds of backends hide in results, hidden in arguments too.</param>
    /// <param name="scrubber">The secrets of this process.</param>
    public static AuditScrubbing For(RedactionRules rules, SecretScrubber scrubber)
    {
        var redaction = new Redaction(rules with { Hidden = [.. rules.Hidden, .. SecretNames.Common, .. rules.PassedUnder, .. GuestSetup] }, scrubber);
        return new(
            (writer, arguments) => Write(writer, arguments, redaction),
            text => SecretPatterns.Hide(scrubber.Scrub(CleanText.Visible(text))),
            () => scrubber.Count)
        {
            WriteResult = (writer, value, mostBytes) => WriteResult(writer, value, redaction, mostBytes),
        };
    }

    // As much of it as there is room for.
    private static void WriteResult(Utf8JsonWriter writer, JsonElement value, Redaction redaction, int mostBytes)
    {
        var open = EmbeddedJson.Open(value);
        foreach (var limits in Limits.Steps.Prepend(Limits.None))
        {
            using var json = new SafeJson(redaction, limits, mostBytes);
            json.Write(open);
            if (!json.IsFull)
            {
                writer.WriteRawValue(json.Written.Span, skipInputValidation: true);
                return;
            }
        }

        writer.WriteStringValue($"not recorded: more than {mostBytes / 1024} kB");
    }

    private static void Write(Utf8JsonWriter writer, JsonElement arguments, Redaction redaction)
    {
        using var json = new SafeJson(redaction, ArgumentLimits, MostBytes, expected: 512);
        json.Write(EmbeddedJson.Open(arguments));
        if (json.IsFull)
        {
            writer.WriteStringValue($"not recorded: more than {MostBytes / 1024} kB");
            return;
        }

        writer.WriteRawValue(json.Written.Span, skipInputValidation: true);
    }
}
