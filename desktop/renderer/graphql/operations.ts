// Every document stands whole, its fragment with it, so that tools and tests can read it as it is.

/** The newest alerts, newest first: what the list starts with. */
export const newestAlerts = /* GraphQL */ `
  query NewestAlerts($first: Int!) {
    alerts(first: $first) {
      nodes {
        ...AlertRow
      }
    }
  }

  fragment AlertRow on Alert {
    __typename
    id
    occurredAt
    receivedAt
    severity
    type
    title
    agent
    agentName
    ... on NetworkAlert {
      sourceIp
      sourcePort
      destinationIp
      destinationPort
    }
    ... on ServerAlert {
      hostname
    }
  }
`;

/** Every alert from now on, or from just behind a cursor. */
export const alertRaised = /* GraphQL */ `
  subscription AlertRaised($after: String) {
    alertRaised(after: $after) {
      cursor
      alert {
        ...AlertRow
      }
      gap {
        missed
      }
    }
  }

  fragment AlertRow on Alert {
    __typename
    id
    occurredAt
    receivedAt
    severity
    type
    title
    agent
    agentName
    ... on NetworkAlert {
      sourceIp
      sourcePort
      destinationIp
      destinationPort
    }
    ... on ServerAlert {
      hostname
    }
  }
`;
