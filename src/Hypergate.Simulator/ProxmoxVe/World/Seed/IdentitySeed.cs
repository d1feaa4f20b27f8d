using Hypergate.Simulator.ProxmoxVe.Access;

namespace Hypergate.Simulator.ProxmoxVe.World.Seed;

/// <summary>The realms, and users with a token.</summary>
internal static class IdentitySeed
{
    public static void Realms(UserConfig users)
    {
        users.Realms["pam"] = new Realm("pam", "pam", "Linux PAM standard authentication");
        users.Realms["pve"] = new Realm("pve", "pve", "Proxmox VE authentication server");
    }

    public static Account Add(UserConfig users, string userId, string token, string secret, bool separated)
    {
        var account = users.Users[userId] = new Account { UserId = userId };
        account.Tokens[token] = new ApiToken { Secret = secret, Info = { ["privsep"] = separated ? 1 : 0 } };
        return account;
    }
}
