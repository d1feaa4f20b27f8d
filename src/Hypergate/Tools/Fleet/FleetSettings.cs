using Hypergate.Schemas;

namespace Hypergate.Tools.Fleet;

/// <summary>What the fleet tools may do beyond the rights of their callers.</summary>
public sealed record FleetSettings
{
    [Setting("Commands that run_guest_command may run inside guests, by the whole command line or its beginning before a *. Without any, the tool does not exist.",
        Example = "[\"systemctl status *\", uptime]")]
    public IReadOnlyList<string> GuestCommands { get; init; } = [];

    [Setting("Hosts from which download_iso may fetch: names as releases.ubuntu.com or patterns as *.debian.org. Without any, the tool fetches nothing.",
        Example = "[cdimage.debian.org, \"*.ubuntu.com\"]")]
    public IReadOnlyList<string> DownloadHosts { get; init; } = [];

    [Setting("A guest with any of these tags is not touched by tools that could harm it.")]
    public IReadOnlyList<string> ProtectedTags { get; init; } = ["protected"];
}
