using System.Text.Json;
using Hypergate.Model;
using Hypergate.Results.Secrets;
using Hypergate.Results.Text;

namespace Hypergate.Results;

/// <summary>
/// Writes what a call carries for the person who is asked about it: without secrets, and never cut without saying so. What sets up a
/// guest is shown, because the person answers for it.
/// </summary>
public static class PreviewRedaction
{
    private const int MostBytes = 8 * 1024;
    private const int LongestWords = 160;

    /// <param name="rules">What the kinds of backends hide in results.</param>
    /// <param name="scrubber">The secrets of this process.</param>
    public static Func<JsonElement, string> For(RedactionRules rules, SecretScrubber scrubber)
    {
        var redaction = new Redaction(rules with { Hidden = [.. rules.Hidden, .. SecretNames.Common, .. rules.PassedUnder] }, scrubber);
        return value => Write(value, redaction);
    }

    /// <summary>Makes a name or state that a platform tells fit for one line among ours: it cannot look like a line or a label of the preview.</summary>
    /// <param name="scrubber">The secrets of this process.</param>
    public static Func<string, string> WordsFor(SecretScrubber scrubber) => text => Apart(CleanText.Line(scrubber.Scrub(text), LongestWords));

    // Our labels are bold, so nothing else may be.
    private static string Apart(string line)
    {
        while (line.Contains("**", StringComparison.Ordinal))
        {
            line = line.Replace("**", "* *", StringComparison.Ordinal);
        }

        return line;
    }

    // Ever tighter limits, each of which counts what it leaves out in its place.
    private static string Write(JsonElement value, Redaction redaction)
    {
        foreach (var limits in Limits.Steps)
        {
            using var json = new SafeJson(redaction, limits, MostBytes);
            json.Write(value);
            if (!json.IsFull)
            {
                return json.ToElement().GetRawText();
            }
        }

        throw new InvalidOperationException("The last limits fit any value.");
    }
}
