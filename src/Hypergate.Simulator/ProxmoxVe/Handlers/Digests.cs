using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Digests of configuration files that are not kept as texts.</summary>
internal static class Digests
{
    public static string Of(string text) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));

    public static string Of(IEnumerable<JsonObject> records) => Of(string.Join('\n', records.Select(static record => record.ToJsonString())));
}
