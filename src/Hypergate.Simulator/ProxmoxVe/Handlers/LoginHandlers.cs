using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hypergate.Simulator.ProxmoxVe.Access;
using Hypergate.Simulator.ProxmoxVe.Server;
using static Hypergate.Simulator.ProxmoxVe.Handlers.Rows;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>Logging in with a password, a ticket or the answer to a second factor.</summary>
internal sealed partial class LoginHandlers(Authentication authentication)
{
    private static readonly (string Area, Regex Privileges)[] Areas =
    [
        ("vms", Vms()), ("access", Access()), ("storage", Storage()), ("nodes", Nodes()), ("sdn", Sdn()), ("dc", Datacenter()), ("mapping", Mapping()),
    ];

    public void AddTo(HandlerTable table)
    {
        table.Add("GET /access/ticket", static _ => null);
        table.Add("POST /access/ticket", Login);
    }

    private JsonNode Login(Call call)
    {
        var user = call.Parameters.Required("username");
        user = call["realm"] is { } realm && !user.Contains('@', StringComparison.Ordinal) ? $"{user}@{realm}" : user;
        var password = call.Parameters.Required("password");
        if (!authentication.IsEnabled(user))
        {
            throw Refused();
        }

        var account = call.Cluster.Users.Users[user];
        var (tickets, now) = (authentication.Tickets, call.Cluster.Now);
        if (call["tfa-challenge"] is { } challenge)
        {
            return tickets.User(challenge, now) == "!tfa!" + Uri.EscapeDataString(user) && password == $"totp:{account.SecondFactor}"
                ? Ticket(call, user)
                : throw Refused();
        }

        if (tickets.User(password, now) == user)
        {
            return Ticket(call, user);
        }

        if (account.Password is null || account.Password != password)
        {
            throw Refused();
        }

        return account.SecondFactor is not null && call["otp"] != account.SecondFactor
            ? Row(("username", user), ("ticket", tickets.Challenge(user, now)), ("CSRFPreventionToken", tickets.CsrfToken(user, now)), ("NeedTFA", 1))
            : Ticket(call, user);
    }

    private static PveError Refused() => PveError.Of(401, "authentication failure");

    private JsonObject Ticket(Call call, string user)
    {
        var now = call.Cluster.Now;
        return Row(
            ("username", user),
            ("ticket", authentication.Tickets.Ticket(user, now)),
            ("CSRFPreventionToken", authentication.Tickets.CsrfToken(user, now)),
            ("cap", Capabilities(call, user)),
            ("clustername", call.Cluster.Rights.Has(user, "/", "Sys.Audit") ? call.Cluster.Name : null));
    }

    // What a user may do, by area, wherever it may do it.
    private static JsonObject Capabilities(Call call, string user)
    {
        var areas = Areas.ToDictionary(static area => area.Area, static _ => new SortedSet<string>(StringComparer.Ordinal));
        string[] paths = ["/", "/nodes", "/access/groups", "/vms", "/storage", "/sdn", "/mapping"];
        foreach (var path in paths.Concat(call.Cluster.Users.Acl.Select(static entry => entry.Path)).Distinct())
        {
            var top = path.Split('/')[1] is { Length: > 0 } name ? name : "dc";
            foreach (var privilege in call.Cluster.Rights.On(user, path).Keys)
            {
                foreach (var area in Areas.Where(area => (area.Area == top || top == "pool") && area.Privileges.IsMatch(privilege)))
                {
                    areas[area.Area].Add(privilege);
                }
            }
        }

        return new JsonObject(areas.Select(static area => KeyValuePair.Create(
            area.Key, (JsonNode?)new JsonObject(area.Value.Select(static privilege => KeyValuePair.Create(privilege, (JsonNode?)1))))));
    }

    [GeneratedRegex(@"^(VM\.|Permissions\.Modify)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Vms();

    [GeneratedRegex(@"^((User|Group)\.|Permissions\.Modify)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Access();

    [GeneratedRegex(@"^(Datastore\.|Permissions\.Modify)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Storage();

    [GeneratedRegex(@"^(Sys\.|Permissions\.Modify)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Nodes();

    [GeneratedRegex(@"^(SDN\.|Permissions\.Modify)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sdn();

    [GeneratedRegex(@"^(Sys\.Audit|Sys\.Modify|SDN\.)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Datacenter();

    [GeneratedRegex(@"^(Mapping\.|Permissions\.Modify)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mapping();
}
