/** Every alert from now on, or from just behind a cursor. */
export const alertRaised = /* GraphQL */ `
  subscription DesktopAlertRaised($after: String) {
    alertRaised(after: $after) {
      cursor
      alert {
        ...FollowedAlert
      }
      gap {
        missed
      }
    }
  }

  fragment FollowedAlert on Alert {
    __typename
    id
    severity
    title
    receivedAt
    agentName
    group {
      id
    }
    ... on NetworkAlert {
      sourceIp
      destinationIp
    }
    ... on ServerAlert {
      hostname
    }
  }
`;

/** The newest alerts, newest first. */
export const newestAlerts = /* GraphQL */ `
  query DesktopNewestAlerts($first: Int!) {
    alerts(first: $first) {
      nodes {
        ...FollowedAlert
      }
    }
  }

  fragment FollowedAlert on Alert {
    __typename
    id
    severity
    title
    receivedAt
    agentName
    group {
      id
    }
    ... on NetworkAlert {
      sourceIp
      destinationIp
    }
    ... on ServerAlert {
      hostname
    }
  }
`;

/** Groups that nobody has looked at yet: how many of each severity, and the latest of them. */
export const openGroups = /* GraphQL */ `
  query DesktopOpenGroups {
    INFORMATIONAL: alertGroups(first: 1, filter: { status: [NEW], severity: [INFORMATIONAL] }) {
      totalCount
    }
    LOW: alertGroups(first: 1, filter: { status: [NEW], severity: [LOW] }) {
      totalCount
    }
    MEDIUM: alertGroups(first: 1, filter: { status: [NEW], severity: [MEDIUM] }) {
      totalCount
    }
    HIGH: alertGroups(first: 1, filter: { status: [NEW], severity: [HIGH] }) {
      totalCount
    }
    CRITICAL: alertGroups(first: 1, filter: { status: [NEW], severity: [CRITICAL] }) {
      totalCount
    }
    FATAL: alertGroups(first: 1, filter: { status: [NEW], severity: [FATAL] }) {
      totalCount
    }
    latest: alertGroups(first: 5, filter: { status: [NEW], severity: [MEDIUM, HIGH, CRITICAL, FATAL] }) {
      nodes {
        id
        title
        severity
        count
      }
    }
  }
`;

/** What a change of a group has to name. */
export const groupVersion = /* GraphQL */ `
  query DesktopGroupVersion($id: ID!) {
    alertGroups(first: 1, filter: { ids: [$id] }) {
      nodes {
        version
        status
      }
    }
  }
`;

/** Takes a group on, so that it is no longer new. */
export const acknowledgeGroup = /* GraphQL */ `
  mutation DesktopAcknowledgeGroup($id: ID!, $version: Int!) {
    updateAlertGroup(id: $id, version: $version, change: { status: IN_PROGRESS }) {
      status
    }
  }
`;

/** The least that shows a server to be Tocsin, and a token to be known. */
export const whoIsThere = /* GraphQL */ `
  query DesktopWhoIsThere {
    about {
      version
    }
  }
`;
