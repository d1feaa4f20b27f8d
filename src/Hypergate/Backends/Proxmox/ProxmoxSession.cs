using System.Text;
using System.Text.Json;

namespace Hypergate.Backends.Proxmox;

/// <summary>Login with user and password: a ticket as a cookie, and a second token against forged writes.</summary>
internal static class ProxmoxSession
{
    private const string SecondFactor = "Authentication failed: this account needs a second factor, which the gateway cannot give. Make an API token for it and configure that.";

    public static SessionRules Rules { get; } = new()
    {
        Path = "/access/ticket",
        Body = static (user, secret) => new EncodedBody(
            Encoding.ASCII.GetBytes($"username={Uri.EscapeDataString(user)}&password={Uri.EscapeDataString(secret)}"),
            ProxmoxForm.FormType),
        Words = new(
            "username", "password", ProxmoxForm.FormType,
            [new("ticket", "$.data.ticket"), new("csrf", "$.data.CSRFPreventionToken")],
            [new("Cookie", "PVEAuthCookie={{ticket}}"), new("CSRFPreventionToken", "{{csrf}}")]),
        Read = Read,
        Headers = Headers,

        // A ticket lives for two hours. A valid one opens the next; after its end only the password does.
        RenewAfter = TimeSpan.FromHours(1),
        EndsAfter = TimeSpan.FromHours(2),
    };

    private static SessionOpening Read(JsonElement whole)
    {
        var data = ProxmoxValue.Unwrap(whole).Value;
        if (ProxmoxValue.Flag(data, "NeedTFA"))
        {
            return new SessionOpening(null, SecondFactor);
        }

        return ProxmoxValue.Text(data, "ticket") is { } ticket && ProxmoxValue.Text(data, "CSRFPreventionToken") is { } token
            ? new SessionOpening(new SessionTicket(ticket, token), null)
            : new SessionOpening(null, "Proxmox VE answered the login without a ticket.");
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Headers(SessionTicket ticket, string method)
    {
        var cookie = new KeyValuePair<string, string>("Cookie", $"PVEAuthCookie={Uri.EscapeDataString(ticket.Value)}");
        return method == "GET" ? [cookie] : [cookie, new("CSRFPreventionToken", ticket.WriteToken)];
    }
}
