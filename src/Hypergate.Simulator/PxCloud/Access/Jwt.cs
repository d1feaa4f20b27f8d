using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.PxCloud.Access;

/// <summary>Tokens with a user, an end and a signature (HS256).</summary>
internal sealed class Jwt(byte[] key)
{
    private static readonly string Head = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    public string Write(Identity who)
    {
        var claims = new JsonObject { ["sub"] = who.User, ["exp"] = who.Ends, ["jti"] = who.TokenId };
        var signed = $"{Head}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{Sign(signed)}";
    }

    /// <summary>User, end and id of a token that this key has signed; null for any other.</summary>
    public (string User, long Ends, string Id)? Read(string token)
    {
        if (token.Split('.') is not [var head, var claims, var signature]
            || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign($"{head}.{claims}")), Encoding.ASCII.GetBytes(signature)))
        {
            return null;
        }

        var read = JsonNode.Parse(Base64Url.DecodeFromChars(claims))!;
        return (read["sub"]!.GetValue<string>(), read["exp"]!.GetValue<long>(), read["jti"]!.GetValue<string>());
    }

    private string Sign(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)));
}
