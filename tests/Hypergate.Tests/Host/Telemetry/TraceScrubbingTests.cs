using System.Diagnostics;
using Hypergate.Host.Telemetry;
using Hypergate.Results.Secrets;

namespace Hypergate.Tests.Host.Telemetry;

/// <summary>No span that is sent holds a secret.</summary>
public sealed class TraceScrubbingTests
{
    [Fact]
    public void Secrets_and_keys_in_addresses_are_taken_out()
    {
        using var scrubbing = new TraceScrubbing(new SecretScrubber(["topsecret"]));
        using var span = new Activity("POST /mcp/hg_abcdefgh_secret");
        span.SetTag("url.path", "/mcp/hg_abcdefgh_secret").SetTag("error", "refused topsecret").SetTag("plain", "as it is").SetTag("number", 7);
        span.SetStatus(ActivityStatusCode.Error, "with topsecret");

        scrubbing.OnEnd(span);

        Assert.Equal("POST /mcp/***", span.DisplayName);
        Assert.Equal("/mcp/***", span.GetTagItem("url.path"));
        Assert.Equal("refused ***", span.GetTagItem("error"));
        Assert.Equal("as it is", span.GetTagItem("plain"));
        Assert.Equal(7, span.GetTagItem("number"));
        Assert.Equal("with ***", span.StatusDescription);
    }
}
