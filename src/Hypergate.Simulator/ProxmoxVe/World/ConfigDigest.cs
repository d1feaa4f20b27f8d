using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.ProxmoxVe.World;

/// <summary>Digests of configuration texts: who sends one back changes only what he has read.</summary>
[SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "The platform's digests are SHA-1; they protect against mistakes, not attacks.")]
internal static class ConfigDigest
{
    public static string Of(string text) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));

    public static string Of(IEnumerable<JsonObject> records) => Of(string.Join('\n', records.Select(static record => record.ToJsonString())));
}
