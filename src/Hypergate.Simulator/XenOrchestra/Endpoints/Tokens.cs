using System.Text.Json.Nodes;
using Hypergate.Simulator.Answers;
using Hypergate.Simulator.XenOrchestra.Operations;
using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Simulator.XenOrchestra.Endpoints;

/// <summary>Authentication tokens: users make and see their own. The id of a token is the credential.</summary>
internal sealed class Tokens(DataCentre world)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Usual = TimeSpan.FromDays(30);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(183);

    public Task CreateAsync(XoRequest request)
    {
        CheckIsOwn(request, "create authentication token", "can only create a token for yourself");
        var body = request.Body as JsonObject ?? [];
        var life = body["expiresIn"] is { } asked ? Life(asked) : Usual;
        var token = world.Write(() => Add(world, request.Caller!.Id, life, body));
        return Answer.JsonAsync(request.Http, 201, new JsonObject { ["token"] = token.DeepClone() });
    }

    /// <exception cref="XoError">403: they are somebody else's.</exception>
    public static void CheckIsOwn(XoRequest request, string operation, string reason)
    {
        if (request.Path.GetValueOrDefault("id", request.Caller!.Id) != request.Caller.Id)
        {
            throw new XoError(403, $"forbidden operation: {operation}")
            {
                ErrorData = new JsonObject { ["operation"] = operation, ["reason"] = reason },
            };
        }
    }

    /// <summary>Makes a token; the lock is held.</summary>
    /// <param name="world">Where it will be valid.</param>
    /// <param name="userId">Whose it is.</param>
    /// <param name="life">How long it is valid.</param>
    /// <param name="words"><c>client</c> and <c>description</c>, as far as there are any.</param>
    public static JsonObject Add(DataCentre world, string userId, TimeSpan life, JsonObject words)
    {
        var now = world.Time.GetUtcNow();
        var token = new JsonObject();
        Copy(words, "client", token);
        token["created_at"] = now.ToUnixTimeMilliseconds();
        Copy(words, "description", token);
        token["id"] = Secret(world);
        token["user_id"] = userId;
        token["expiration"] = (now + life).ToUnixTimeMilliseconds();
        world["authentication-tokens"].Add(token);
        return token;
    }

    private static TimeSpan Life(JsonNode asked)
    {
        var life = Duration.Parse(asked);
        return life <= Shortest ? throw new XoError(500, $"invalid expiresIn duration: {asked}")
            : life > Longest ? throw new XoError(500, $"too high expiresIn duration: {asked}")
            : life;
    }

    private static void Copy(JsonObject from, string name, JsonObject to)
    {
        if (from[name] is { } value)
        {
            to[name] = value.DeepClone();
        }
    }

    private static string Secret(DataCentre world) =>
        (world.NextId() + world.NextId()).Replace("-", "", StringComparison.Ordinal)[..43];
}
