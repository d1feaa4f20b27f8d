using System.Diagnostics.Metrics;
using Hypergate.Host.Authentication;

namespace Hypergate.Host.Metrics;

/// <summary>What the served gateway counts of itself.</summary>
internal static class GatewayMeters
{
    public const string Name = "Hypergate";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> SignIns = Meter.CreateCounter<long>("hypergate_sign_ins", description: "Requests by what became of their credential.");
    private static readonly Counter<long> Reloads = Meter.CreateCounter<long>("hypergate_reloads", description: "Changes of the settings.");
    private static readonly UpDownCounter<long> OpenRequests = Meter.CreateUpDownCounter<long>("hypergate_open_requests", description: "Requests being answered, streams included.");
    private static readonly UpDownCounter<long> OpenSessions = Meter.CreateUpDownCounter<long>("hypergate_sessions", description: "Sessions of older revisions.");

    public static void SignedIn(SignIn result) => SignIns.Add(
        1,
        new KeyValuePair<string, object?>("scheme", result.Scheme),
        new KeyValuePair<string, object?>("result", result is SignIn.Refused refused ? $"refused_{refused.Status}" : ((SignIn.Accepted)result).Caller == RequestSignIn.Anonymous ? "anonymous" : "accepted"));

    public static void RequestOpened() => OpenRequests.Add(1);

    public static void RequestClosed() => OpenRequests.Add(-1);

    public static void SessionOpened() => OpenSessions.Add(1);

    public static void SessionClosed() => OpenSessions.Add(-1);

    public static void Reloaded(bool isApplied) => Reloads.Add(1, new KeyValuePair<string, object?>("result", isApplied ? "applied" : "rejected"));
}
