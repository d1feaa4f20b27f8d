using System.Diagnostics;
using Hypergate.Host.Mcp.Http;
using Hypergate.Results.Secrets;
using OpenTelemetry;

namespace Hypergate.Host.Telemetry;

/// <summary>Takes secrets out of spans before they are sent: those that this process knows, and keys in addresses.</summary>
internal sealed class TraceScrubbing(SecretScrubber secrets) : BaseProcessor<Activity>
{
    private const string KeyPath = "/mcp/";

    public override void OnEnd(Activity data)
    {
        data.DisplayName = Clean(data.DisplayName);
        foreach (var (name, value) in data.TagObjects.ToList())
        {
            if (value is string text && Clean(text) is var clean && !ReferenceEquals(clean, text))
            {
                data.SetTag(name, clean);
            }
        }

        if (data.StatusDescription is { } description)
        {
            data.SetStatus(data.Status, Clean(description));
        }
    }

    private string Clean(string text)
    {
        var at = text.EndsWith(RequestTrace.KeyRoute, StringComparison.Ordinal) ? -1 : text.IndexOf(KeyPath, StringComparison.Ordinal);
        return secrets.Scrub(at < 0 ? text : $"{text[..(at + KeyPath.Length)]}***");
    }
}
