using System.Net;

namespace Hypergate.Tools.Fleet.Storage;

/// <summary>From where a node may be told to fetch: the platform would ask any address that it is given, inside its network too.</summary>
internal static class DownloadAddress
{
    /// <exception cref="FleetException">The address is none that the settings allow.</exception>
    public static void Check(FleetRequest request)
    {
        var text = request.Arguments.Needed("url");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw Wrong("is no http or https address.");
        }

        if (address.UserInfo.Length > 0)
        {
            throw Wrong("holds a user name or password.");
        }

        if (address.Scheme == "http" && !request.Arguments.Has("checksum"))
        {
            throw Wrong("is not encrypted: anybody on the way could change the image.", "Use https, or give the checksum.");
        }

        if (request.Arguments.Has("checksum") != request.Arguments.Has("checksum_algorithm"))
        {
            throw new FleetException("invalid_arguments", "'checksum' and 'checksum_algorithm' go together.");
        }

        if (!request.Room.Settings.DownloadHosts.Any(pattern => Matches(pattern, address.Host)) || IPAddress.TryParse(address.Host.Trim('[', ']'), out _))
        {
            throw new FleetException(
                "forbidden", $"The host of 'url' is not among those that this gateway may fetch from.", "The setting fleet.downloadHosts names them; ask whoever runs the gateway.");
        }
    }

    private static bool Matches(string pattern, string host) => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(pattern, StringComparison.OrdinalIgnoreCase);

    private static FleetException Wrong(string why, string hint = "") => new("invalid_arguments", $"'url' {why}", hint);
}
