using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Access;
using Hypergate.Simulator.ProxmoxVe.Server;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>API tokens.</summary>
internal static class TokenHandlers
{
    public static void AddTo(HandlerTable table)
    {
        table.Add("GET /access/users/{userid}/token", static call =>
            Rows.Array(UserHandlers.User(call).Tokens.Select(static token => Row(token.Key, token.Value))));
        table.Add("GET /access/users/{userid}/token/{tokenid}", static call => Token(call).Info.DeepClone());
        table.Add("POST /access/users/{userid}/token/{tokenid}", Create);
        table.Add("PUT /access/users/{userid}/token/{tokenid}", Update);
        table.Add("DELETE /access/users/{userid}/token/{tokenid}", Delete);
    }

    public static JsonObject Row(string name, ApiToken token)
    {
        var row = (JsonObject)token.Info.DeepClone();
        row["tokenid"] = name;
        row.TryAdd("expire", 0);
        return row;
    }

    private static JsonObject Create(Call call)
    {
        var user = UserHandlers.User(call);
        var name = call.Parameters.Required("tokenid");
        if (user.Tokens.ContainsKey(name))
        {
            throw PveError.Parameter("tokenid", "Token already exists.");
        }

        var token = user.Tokens[name] = new ApiToken { Secret = Guid.NewGuid().ToString() };
        token.Info["privsep"] = call.Parameters["privsep"]?.DeepClone() ?? 1;
        Apply(call, token);
        return new JsonObject { ["info"] = token.Info.DeepClone(), ["value"] = token.Secret, ["full-tokenid"] = $"{user.UserId}!{name}" };
    }

    private static JsonNode Update(Call call)
    {
        var token = Token(call);
        if (call.Parameters["privsep"] is { } separated)
        {
            token.Info["privsep"] = separated.DeepClone();
        }

        Apply(call, token);
        if (call.Flag("regenerate"))
        {
            token.Secret = Guid.NewGuid().ToString();
        }

        return token.Info.DeepClone();
    }

    private static void Apply(Call call, ApiToken token)
    {
        foreach (var name in (string[])["expire", "comment"])
        {
            if (call.Parameters[name] is { } value)
            {
                token.Info[name] = value.DeepClone();
            }
        }
    }

    private static JsonNode? Delete(Call call)
    {
        Token(call);
        var user = UserHandlers.User(call);
        var name = call.Parameters.Required("tokenid");
        user.Tokens.Remove(name);
        call.Cluster.Users.Acl.RemoveAll(entry => entry.Subject == $"{user.UserId}!{name}");
        return null;
    }

    private static ApiToken Token(Call call)
    {
        var user = UserHandlers.User(call);
        var name = call.Parameters.Required("tokenid");
        return user.Tokens.GetValueOrDefault(name) ?? throw new PveError($"no such token '{name}' for user '{user.UserId}'");
    }
}
